package io.carafe.domain.resource;

/** Pressure stall figures of one resource (cgroup v2 only). Source: Documentation/accounting/psi.rst. */
public record Pressure(Stall full, Stall some) {
    /**
     * @param total microseconds stalled
     * @param avg10 percent of the last 10 seconds; likewise 60 and 300
     */
    public record Stall(long total, double avg10, double avg60, double avg300) {}
}
