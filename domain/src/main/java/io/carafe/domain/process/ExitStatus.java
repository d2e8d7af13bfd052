package io.carafe.domain.process;

import java.time.Instant;

/**
 * How a process ended.
 *
 * @param code exit code, 128 + n after signal n, 255 where it cannot be known
 * @param reason one word for machines, see the constants
 * @param message a sentence for people, may be empty
 */
public record ExitStatus(int code, Instant finishedAt, String reason, String message) {
    public static final String COMPLETED = "Completed";
    public static final String ERROR = "Error";
    public static final String OOM_KILLED = "OOMKilled";
    public static final String START_ERROR = "StartError";
    public static final String CONTAINER_STATUS_UNKNOWN = "ContainerStatusUnknown";

    /** The code for an exit that nobody saw. */
    public static final int UNKNOWN_CODE = 255;

    /** An exit whose code was seen. */
    public static ExitStatus of(int code, Instant finishedAt, boolean oomKilled) {
        String reason = oomKilled ? OOM_KILLED : code == 0 ? COMPLETED : ERROR;
        return new ExitStatus(code, finishedAt, reason, "");
    }

    /** File systems stamp with a coarse clock, so an exit right after the start can seem to lie before it. */
    public ExitStatus notBefore(Instant start) {
        return finishedAt.isBefore(start) ? new ExitStatus(code, start, reason, message) : this;
    }

    /** An exit that nobody saw, with what is known about it. */
    public static ExitStatus unknown(Instant finishedAt, String message) {
        return new ExitStatus(UNKNOWN_CODE, finishedAt, CONTAINER_STATUS_UNKNOWN, message);
    }
}
