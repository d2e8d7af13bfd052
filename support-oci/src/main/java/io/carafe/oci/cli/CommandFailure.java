package io.carafe.oci.cli;

/**
 * A program did not do what it was run for. The three ways differ in what may be left behind: nothing, anything, what the program
 * says.
 */
public abstract sealed class CommandFailure extends Exception {
    private CommandFailure(String message) {
        super(message);
    }

    private CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** The program could not be executed. */
    public static final class NotStarted extends CommandFailure {
        public NotStarted(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** It did not end in time and was killed. */
    public static final class Killed extends CommandFailure {
        public Killed(String message) {
            super(message);
        }
    }

    /** It ended with another code than 0. */
    public static final class BadExit extends CommandFailure {
        private final int code;
        private final String words;

        /** @param words what the program said about it; may be empty */
        public BadExit(String command, int code, String words) {
            super(command + ": exit code " + code + (words.isEmpty() ? "" : ": " + words));
            this.code = code;
            this.words = words;
        }

        public int code() {
            return code;
        }

        public String words() {
            return words;
        }
    }
}
