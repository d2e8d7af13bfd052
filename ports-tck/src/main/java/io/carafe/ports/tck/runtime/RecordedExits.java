package io.carafe.ports.tck.runtime;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.DurationText;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.runtime.ExitSink;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The exits that a handler has told of, to wait for. Concurrency: safe. */
public final class RecordedExits implements ExitSink {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    /** Guarded by {@link #lock}. */
    private final Map<String, ExitStatus> exits = new HashMap<>();

    @Override
    public void exited(ContainerId id, ExitStatus status) {
        put(id.value(), status);
    }

    @Override
    public void sandboxExited(PodSandboxId id, ExitStatus status) {
        put(id.value(), status);
    }

    /** Waits for it; an error if it does not come. */
    public ExitStatus await(ContainerId id) throws InterruptedException {
        return await(id.value());
    }

    public ExitStatus await(PodSandboxId id) throws InterruptedException {
        return await(id.value());
    }

    public Optional<ExitStatus> of(ContainerId id) {
        lock.lock();
        try {
            return Optional.ofNullable(exits.get(id.value()));
        } finally {
            lock.unlock();
        }
    }

    private void put(String id, ExitStatus status) {
        lock.lock();
        try {
            exits.put(id, status);
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private ExitStatus await(String id) throws InterruptedException {
        long left = PATIENCE.toNanos();
        lock.lock();
        try {
            ExitStatus status = exits.get(id);
            while (status == null) {
                if (left <= 0) {
                    throw new AssertionError("no exit of " + id + " was told within " + DurationText.of(PATIENCE));
                }
                left = told.awaitNanos(left);
                status = exits.get(id);
            }
            return status;
        } finally {
            lock.unlock();
        }
    }
}
