package io.carafe.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does soon. */
final class Eventually {
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final long STEP_NANOS = 1_000_000;

    private Eventually() {}

    static void holds(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        boolean held = condition.getAsBoolean();
        while (!held && System.nanoTime() < deadline) {
            LockSupport.parkNanos(STEP_NANOS);
            held = condition.getAsBoolean();
        }
        assertThat(held).as(what).isTrue();
    }
}
