package io.carafe.cli.outcome;

/** Exit codes, the same for all verbs; {@code run} and {@code exec} answer the command's own code and 125 for all else. */
public final class ExitCode {
    public static final int OK = 0;

    /** The endpoint refused, or the host did. */
    public static final int FAILED = 1;

    /** The command line was not understood. */
    public static final int USAGE = 2;

    /** Nobody answers at the endpoint's socket. */
    public static final int UNREACHABLE = 3;

    /** There is no such pod, container or image, or more than one. */
    public static final int NOT_FOUND = 4;

    /** {@code run} and {@code exec} could not run the command, whatever the reason. */
    public static final int NOT_RUN = 125;

    private ExitCode() {}
}
