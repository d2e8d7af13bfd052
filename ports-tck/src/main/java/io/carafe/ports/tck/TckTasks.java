package io.carafe.ports.tck;

import io.carafe.domain.fault.DurationText;
import io.carafe.domain.fault.Fault;
import io.carafe.ports.spi.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@link Tasks} for tests: the contract without names, limits and cancellation of siblings. */
public final class TckTasks implements Tasks {
    @Override
    public <T> List<T> all(String name, int limit, List<Callable<T>> work) throws InterruptedException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(work)) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw unchecked(name, e);
        }
    }

    @Override
    public <T> T within(String name, Duration deadline, Callable<T> work) throws InterruptedException {
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        try {
            return executor.submit(work).get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new Fault.TimedOut(name + " did not end within " + DurationText.of(deadline), e);
        } catch (ExecutionException e) {
            throw unchecked(name, e);
        } finally {
            executor.shutdownNow();
        }
    }

    @Override
    public Thread background(String name, Runnable work) {
        return Thread.ofVirtual().name(name).start(work);
    }

    private static RuntimeException unchecked(String name, ExecutionException e) {
        return e.getCause() instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(name, e);
    }
}
