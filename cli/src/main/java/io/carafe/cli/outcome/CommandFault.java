package io.carafe.cli.outcome;

/** Ends a command with a message on stderr and an exit code. */
public final class CommandFault extends RuntimeException {
    private final int exitCode;

    public CommandFault(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
