package io.carafe.application.task;

import io.carafe.domain.fault.DurationText;
import io.carafe.domain.fault.Fault;
import io.carafe.ports.spi.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@link Tasks} on virtual threads. */
public final class Subtasks implements Tasks {
    private static final System.Logger LOG = System.getLogger(Subtasks.class.getName());

    @Override
    public <T> List<T> all(String name, int limit, List<Callable<T>> work) throws InterruptedException {
        var permits = new Semaphore(limit);
        List<Future<T>> futures = new ArrayList<>();
        var executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory());
        var completion = new ExecutorCompletionService<T>(executor);
        for (Callable<T> one : work) {
            futures.add(completion.submit(() -> {
                permits.acquire();
                try {
                    return one.call();
                } finally {
                    permits.release();
                }
            }));
        }
        try {
            for (int i = 0; i < futures.size(); i++) {
                completion.take().get();
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.resultNow());
            }
            return results;
        } catch (ExecutionException e) {
            throw unchecked(name, e);
        } finally {
            executor.shutdownNow();
            executor.close();
        }
    }

    @Override
    public <T> T within(String name, Duration deadline, Callable<T> work) throws InterruptedException {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().name(name).start(task);
        try {
            return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new Fault.TimedOut(name + " did not end within " + DurationText.of(deadline), e);
        } catch (ExecutionException e) {
            throw unchecked(name, e);
        } finally {
            task.cancel(true);
        }
    }

    @Override
    public Thread background(String name, Runnable work) {
        return Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, name + " failed", e);
            }
        });
    }

    /** Waits for a task that others may wait for too; its failure is thrown as it was. */
    public static <T> T join(String name, Future<T> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw unchecked(name, e);
        }
    }

    private static RuntimeException unchecked(String name, ExecutionException e) {
        return e.getCause() instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException(name + " failed", e.getCause());
    }
}
