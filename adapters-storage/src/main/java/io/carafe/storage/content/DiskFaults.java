package io.carafe.storage.content;

import io.carafe.domain.fault.Fault;
import io.carafe.linux.libc.LinuxException;
import java.io.IOException;

/** What a failure of the local disk means to a caller: full, or out of order. */
public final class DiskFaults {
    private DiskFaults() {}

    /** @param attempted what was tried, with its path or id: "save pod record 4f2a" */
    public static Fault of(String attempted, IOException cause) {
        String problem = String.valueOf(cause.getMessage());
        // the JDK tells errors apart by text alone
        boolean full = problem.contains("No space left on device") || problem.contains("Disk quota exceeded");
        return full ? full(attempted, cause) : broken(attempted, cause);
    }

    public static Fault of(String attempted, LinuxException cause) {
        return switch (cause.errno()) {
            case ENOSPC, EDQUOT -> full(attempted, cause);
            default -> broken(attempted, cause);
        };
    }

    private static Fault full(String attempted, Exception cause) {
        return new Fault.Exhausted(
                attempted + ": the disk is full (" + cause.getMessage() + "); free space or inodes", cause);
    }

    private static Fault broken(String attempted, Exception cause) {
        return new Fault.Unavailable(attempted + ": " + cause.getMessage(), cause);
    }
}
