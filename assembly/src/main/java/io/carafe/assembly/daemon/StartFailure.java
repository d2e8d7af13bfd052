package io.carafe.assembly.daemon;

/** The daemon cannot start; the message is a sentence for the one who started it. */
public final class StartFailure extends Exception {
    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
