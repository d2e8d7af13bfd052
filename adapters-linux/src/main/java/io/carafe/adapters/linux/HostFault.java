package io.carafe.adapters.linux;

import io.carafe.domain.fault.Fault;
import io.carafe.linux.libc.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Turns what the kernel and the file system answer into faults; the only place of this module that does. */
final class HostFault {
    private HostFault() {}

    /** Work that may fail as files and kernel calls do. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does {@code work}; {@code attempted} says what and on which id, and starts the message of a fault. */
    static <T> T during(String attempted, Work<T> work) {
        try {
            return work.run();
        } catch (LinuxException e) {
            throw of(attempted, e);
        } catch (UncheckedIOException e) {
            throw of(attempted, e.getCause() == null ? new IOException(e) : e.getCause());
        } catch (IOException e) {
            throw of(attempted, e);
        }
    }

    /** Work without a result. */
    interface Action {
        void run() throws IOException;
    }

    static void doing(String attempted, Action action) {
        during(attempted, () -> {
            action.run();
            return attempted;
        });
    }

    static Fault of(String attempted, LinuxException e) {
        String message = attempted + ": " + e.getMessage();
        return switch (e.errno()) {
            case ENOSPC, EDQUOT -> new Fault.Exhausted(message + "; free space or inodes", e);
            case EMFILE, ENFILE, ENOMEM -> new Fault.Exhausted(message + "; raise the limit or lessen the load", e);
            case EPERM, EACCES -> new Fault.Unavailable(message + "; the daemon must run as root of the host", e);
            case EROFS -> new Fault.WrongState(message + "; mount it writable", e);
            case EBUSY -> new Fault.WrongState(message + "; something still uses it", e);
            default -> new Fault.Unavailable(message, e);
        };
    }

    static Fault of(String attempted, IOException e) {
        String message = attempted + ": " + e;
        // the JDK keeps no error number, only the C library's words
        boolean full = message.contains("No space left") || message.contains("Disk quota exceeded");
        return full ? new Fault.Exhausted(message + "; free space or inodes", e) : new Fault.Unavailable(message, e);
    }
}
