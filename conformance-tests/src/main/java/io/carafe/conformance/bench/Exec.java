package io.carafe.conformance.bench;

/** What a command in a container printed and how it ended. */
public record Exec(int code, String out, String err) {
    /** The output without the space around it, of a command that must have succeeded. */
    public String ok() {
        if (code != 0) {
            throw new AssertionError("command ended with " + this);
        }
        return out.strip();
    }
}
