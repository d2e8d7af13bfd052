package io.carafe.linux.libc;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/**
 * The door to the C library: {@code Kernel.check(Kernel.libc().umount2(path, 0), "umount2", path)}.
 *
 * <p>Concurrency: safe; the error number belongs to the carrier thread, so {@link #check} follows its call on the same line, with no
 * lock and no wait in between. A call that blocks (poll, recv) pins the carrier of a virtual thread: such methods say that they want
 * a platform thread.
 */
public final class Kernel {
    private Kernel() {}

    private static final class Binding {
        // loaded with the first call, so that a process that needs no kernel call never pays for it
        static final LibC LIBC = LibraryLoader.create(LibC.class).load("c");
        static final Runtime RUNTIME = Runtime.getRuntime(LIBC);

        static {
            // loads what a look at the number needs: a virtual thread that had to wait for that after its call
            // could go on by another carrier, and read the number of another thread
            RUNTIME.getLastError();
        }
    }

    public static LibC libc() {
        return Binding.LIBC;
    }

    /** The error number of this thread's last call; means something only after a call that answered -1. */
    public static Errno lastError() {
        return Errno.of(Binding.RUNTIME.getLastError());
    }

    /**
     * Answers {@code result}, or throws if it is -1.
     *
     * @throws LinuxException with the error number of this thread's last call
     */
    public static long check(long result, String call, Object... arguments) {
        if (result == -1) {
            int number = Binding.RUNTIME.getLastError();
            throw new LinuxException(
                    call, number, Stream.of(arguments).map(Kernel::show).collect(Collectors.joining(", ")));
        }
        return result;
    }

    /** As {@link #check(long, String, Object...)}, for calls that answer an int. */
    public static int check(int result, String call, Object... arguments) {
        return (int) check((long) result, call, arguments);
    }

    private static String show(Object argument) {
        return argument instanceof byte[] text ? CString.text(text) : argument.toString();
    }
}
