package io.carafe.ports.spi;

/** Whether a backend can work on this host. A missing program is a state to show, not a crash. */
public sealed interface Availability {
    /** @param version of the program behind it, as it prints it; may be empty */
    record Available(String version) implements Availability {}

    /** @param reason what is missing, where it was looked for, what to do */
    record Missing(String reason) implements Availability {}
}
