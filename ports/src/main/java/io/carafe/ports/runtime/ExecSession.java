package io.carafe.ports.runtime;

/** A command under way. Closing it kills the command if it still runs. */
public interface ExecSession extends AttachedStreams {
    /** Waits for the end and answers the exit code; output that was not read stays readable. */
    int waitFor() throws InterruptedException;
}
