package io.carafe.linux.libc;

/**
 * A kernel call failed.
 *
 * <p>The message names the call, its arguments and the error; adapters add what they wanted and translate it to a fault.
 */
public final class LinuxException extends RuntimeException {
    private final String call;
    private final Errno errno;

    /** {@code arguments} are the parts of the call that identify its object: paths, pids, option names. */
    public LinuxException(String call, Errno errno, String arguments) {
        this(call, errno, arguments, errno.describe(-1));
    }

    /** As the other, for a number that somebody else has read. */
    public LinuxException(String call, int number, String arguments) {
        this(call, Errno.of(number), arguments, Errno.of(number).describe(number));
    }

    private LinuxException(String call, Errno errno, String arguments, String problem) {
        super(call + "(" + arguments + "): " + problem);
        this.call = call;
        this.errno = errno;
    }

    /** The name of the call, such as {@code mount}. */
    public String call() {
        return call;
    }

    public Errno errno() {
        return errno;
    }

    /** True if the object is not there (ENOENT, ENOTDIR in its path, or ESRCH for a process). */
    public boolean isMissing() {
        return errno == Errno.ENOENT || errno == Errno.ENOTDIR || errno == Errno.ESRCH;
    }

    /** As {@link #isMissing}, and for a file of a cgroup or process: what it belongs to was removed since it was opened (ENODEV). */
    public boolean isGone() {
        return isMissing() || errno == Errno.ENODEV;
    }
}
