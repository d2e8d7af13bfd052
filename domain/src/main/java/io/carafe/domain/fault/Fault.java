package io.carafe.domain.fault;

/**
 * A failure that a caller can understand: its kind says whether a retry makes sense, its message says what was attempted, on
 * which id, what was found and what to do. A non-zero exit of a user's process is a result, never a fault.
 */
public abstract sealed class Fault extends RuntimeException {
    private Fault(String message) {
        super(message);
    }

    private Fault(String message, Throwable cause) {
        super(message, cause);
    }

    /** Wrong whatever the state of the node is; the caller must change the request. */
    public static final class InvalidArgument extends Fault {
        public InvalidArgument(String message) {
            super(message);
        }

        public InvalidArgument(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** What the request names does not exist. */
    public static final class NotFound extends Fault {
        public NotFound(String message) {
            super(message);
        }
    }

    /** The key is taken by another request; the message names the id, its state and the field that differs. */
    public static final class AlreadyExists extends Fault {
        public AlreadyExists(String message) {
            super(message);
        }
    }

    /** Not legal in the present state; a retry is useless until something else changes. */
    public static final class WrongState extends Fault {
        public WrongState(String message) {
            super(message);
        }

        public WrongState(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The same call may succeed later: a shim, a registry or a network plugin did not do its part. */
    public static final class Unavailable extends Fault {
        public Unavailable(String message) {
            super(message);
        }

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Disk, inodes, pids or another bounded resource ran out. */
    public static final class Exhausted extends Fault {
        public Exhausted(String message) {
            super(message);
        }

        public Exhausted(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A deadline ran out; the message names the stage that was under way. */
    public static final class TimedOut extends Fault {
        public TimedOut(String message) {
            super(message);
        }

        public TimedOut(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The handler or the host lacks what was asked for; never a silent success. */
    public static final class Unsupported extends Fault {
        public Unsupported(String message) {
            super(message);
        }
    }

    /** What was read is not what was written: a digest mismatch, an unreadable record. */
    public static final class Corrupt extends Fault {
        public Corrupt(String message) {
            super(message);
        }

        public Corrupt(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The caller's credentials were refused by the other side. */
    public static final class Denied extends Fault {
        public Denied(String message) {
            super(message);
        }
    }
}
