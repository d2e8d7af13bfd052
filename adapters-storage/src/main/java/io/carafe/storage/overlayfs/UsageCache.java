package io.carafe.storage.overlayfs;

import io.carafe.domain.fault.Fault;
import io.carafe.linux.file.TreeUsage;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.libc.OwnThread;
import io.carafe.ports.spi.Tasks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * What directories take, measured in the background by one walk at a time. A value serves for ten seconds; after that a caller
 * waits a moment for a new one and then takes the old one, which says of when it is. Only the very first is waited for.
 */
final class UsageCache {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Tasks tasks;
    private final InstantSource clock;
    private final Semaphore walks = new Semaphore(1);
    private final Map<String, Subject> subjects = new ConcurrentHashMap<>();

    UsageCache(Tasks tasks, InstantSource clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    record Measured(Instant at, TreeUsage usage) {}

    /** @param patience how long to wait for a new value if there is an old one */
    Measured of(String name, Path directory, Duration patience) {
        Subject subject = subjects.computeIfAbsent(name, _ -> new Subject(name, directory));
        Optional<Measured> last = subject.last;
        if (last.filter(this::isFresh).isPresent()) {
            return last.get();
        }
        Thread walk = subject.walk();
        try {
            if (last.isPresent()) {
                walk.join(patience);
            } else {
                walk.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return subject.last.orElseThrow(
                () -> new Fault.Unavailable("measure " + directory + ": " + subject.problem + "; ask again later"));
    }

    void forget(String name) {
        subjects.remove(name);
    }

    private boolean isFresh(Measured measured) {
        return Duration.between(measured.at(), clock.instant()).compareTo(FRESH) < 0;
    }

    private final class Subject {
        private final String name;
        private final Path directory;
        private Optional<Thread> running = Optional.empty();
        volatile Optional<Measured> last = Optional.empty();
        volatile String problem = "it takes longer than the caller waits";

        Subject(String name, Path directory) {
            this.name = name;
            this.directory = directory;
        }

        /** The walk under way, or a new one. */
        synchronized Thread walk() {
            Thread walk =
                    running.filter(Thread::isAlive).orElseGet(() -> tasks.background("measure-" + name, this::measure));
            running = Optional.of(walk);
            return walk;
        }

        private void measure() {
            try {
                walks.acquire();
                try {
                    Instant at = clock.instant();
                    TreeUsage usage = OwnThread.<TreeUsage, RuntimeException>call(
                            "measure-" + name, () -> TreeUsage.of(directory));
                    last = Optional.of(new Measured(at, usage));
                } finally {
                    walks.release();
                }
            } catch (LinuxException e) {
                problem = String.valueOf(e.getMessage());
            } catch (InterruptedException e) {
                problem = "the daemon is ending";
            }
        }
    }
}
