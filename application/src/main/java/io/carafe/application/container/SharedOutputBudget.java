package io.carafe.application.container;

import io.carafe.domain.resource.Bytes;
import io.carafe.ports.runtime.OutputBudget;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A fixed number of bytes for all handlers, first come, first served. */
public final class SharedOutputBudget implements OutputBudget {
    private static final int UNIT = 1024;

    private final Semaphore units;
    private final int total;
    private final Duration patience;

    /** @param patience how long one waits for others before it goes without */
    public SharedOutputBudget(Bytes total, Duration patience) {
        this.total = Math.toIntExact(total.value() / UNIT);
        this.units = new Semaphore(this.total, true);
        this.patience = patience;
    }

    /** One that asks for more than there is gets all there is, alone. */
    @Override
    public Optional<Lease> take(Bytes amount) throws InterruptedException {
        int wanted = (int) Math.min(total, (amount.value() + UNIT - 1) / UNIT);
        if (!units.tryAcquire(wanted, patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        var open = new AtomicBoolean(true);
        return Optional.of(() -> {
            if (open.compareAndSet(true, false)) {
                units.release(wanted);
            }
        });
    }
}
