package io.carafe.application.handler;

import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.ports.spi.Availability;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** A handler of the configuration: usable now, or with the reason why not. Its program may come and go. Thread-safe. */
public final class ConfiguredHandler {
    /** A kubelet asks every few seconds, and a probe runs programs. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private record Probed(Availability availability, Instant at) {}

    private final HandlerBinding binding;
    private final Supplier<Availability> probe;
    private final InstantSource clock;
    private Probed last;

    public ConfiguredHandler(HandlerBinding binding, Supplier<Availability> probe, InstantSource clock) {
        this.binding = binding;
        this.probe = probe;
        this.clock = clock;
        this.last = new Probed(probe.get(), clock.instant());
    }

    public String name() {
        return binding.name();
    }

    public HandlerBinding binding() {
        return binding;
    }

    /** Without a probe, for who must not wait for one. */
    public synchronized Availability lastKnown() {
        return last.availability();
    }

    /** As of now, or of a few seconds ago. */
    public synchronized Availability availability() {
        Instant now = clock.instant();
        // a clock that was set back must not keep the old answer
        if (now.isBefore(last.at()) || Duration.between(last.at(), now).compareTo(FRESH) > 0) {
            last = new Probed(probe.get(), now);
        }
        return last.availability();
    }
}
