package io.carafe.application.journal;

import io.carafe.application.task.Subtasks;
import io.carafe.domain.fault.Fault;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * Runs each operation once: the same request under the same key joins the one under way, another request under that key is
 * refused with what is under way, in which stage and for how long. An operation goes on when its caller is gone.
 *
 * <p>Its intent is on disk as the Creating or Removing state of the record it works on, written before its first effect; a
 * restart finishes or undoes it from there.
 */
public final class Operations {
    private static final System.Logger LOG = System.getLogger(Operations.class.getName());

    private static final Duration SLOW = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final ConcurrentHashMap<String, Running<?>> running = new ConcurrentHashMap<>();

    public Operations(InstantSource clock) {
        this.clock = clock;
    }

    /** What an operation does; it names its stages as it goes. */
    public interface Work<T> {
        T run(Stage stage) throws InterruptedException;
    }

    /** An operation without a result. */
    public interface Task {
        void run() throws InterruptedException;
    }

    /** Where an operation is. */
    public interface Stage {
        void enter(String name);
    }

    /** One that is under way, for people. */
    public record UnderWay(String name, String key, String stage, Instant since) {}

    private static final class Running<T> implements Stage {
        private final String name;
        private final Object request;
        private final Instant since;
        private final FutureTask<T> task;
        private final StringBuilder spent = new StringBuilder();
        private volatile String stage = "starting";
        private long entered = System.nanoTime();

        Running(String name, Object request, Instant since, Function<Stage, Callable<T>> work) {
            this.name = name;
            this.request = request;
            this.since = since;
            this.task = new FutureTask<>(work.apply(this));
        }

        @Override
        public void enter(String next) {
            long now = System.nanoTime();
            spent.append(stage).append('=').append((now - entered) / 1000).append("us ");
            entered = now;
            stage = next;
        }
    }

    /**
     * Runs or joins what is as good as its key: a stop, a removal.
     *
     * @throws InterruptedException if the caller is interrupted; the operation goes on
     */
    public void run(String name, String key, Task work) throws InterruptedException {
        run(name, key, name, stage -> {
            work.run();
            return name;
        });
    }

    /**
     * Runs or joins.
     *
     * @param request compared by equals with that of the operation under way
     * @throws Fault.AlreadyExists if another request with this key is under way
     * @throws InterruptedException if the caller is interrupted; the operation goes on
     */
    @SuppressWarnings("unchecked") // an equal request under the same key and name has the same result type
    public <T> T run(String name, String key, Object request, Work<T> work) throws InterruptedException {
        String id = name + " " + key;
        var mine = new Running<T>(name, request, clock.instant(), stage -> () -> {
            try {
                return work.run(stage);
            } finally {
                // before its result is known: who asks after that must not be answered by what has ended
                running.remove(id, stage);
            }
        });
        Running<?> present = running.putIfAbsent(id, mine);
        if (present == null) {
            Thread.ofVirtual().name(id).start(() -> {
                mine.task.run();
                report(id, mine);
            });
            return Subtasks.join(id, mine.task);
        }
        if (!present.request.equals(request)) {
            throw new Fault.AlreadyExists(
                    "%s: another request with the key %s has been under way for %d ms (stage: %s); wait"
                                    .formatted(name, key, age(present).toMillis(), present.stage)
                            + " for it, or use another attempt number");
        }
        return (T) Subtasks.join(id, present.task);
    }

    /** Where the time went; a slow one is told without being asked, since its caller may have given up on it without a cause. */
    private void report(String id, Running<?> ended) {
        ended.enter("ended");
        var level = age(ended).compareTo(SLOW) > 0 ? Level.INFO : Level.DEBUG;
        LOG.log(
                level,
                () -> "operation " + id + " ended, took: "
                        + ended.spent.toString().strip());
    }

    public List<UnderWay> underWay() {
        return running.entrySet().stream()
                .map(e -> new UnderWay(e.getValue().name, e.getKey(), e.getValue().stage, e.getValue().since))
                .toList();
    }

    private Duration age(Running<?> operation) {
        return Duration.between(operation.since, clock.instant());
    }
}
