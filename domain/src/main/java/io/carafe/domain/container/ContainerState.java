package io.carafe.domain.container;

import io.carafe.domain.process.ExitStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * The life of a container. No legal call, no method:
 *
 * <pre>
 *   Creating --created--> Created --started--> Running --exited--> Exited --removing--> Removing --> (record deleted)
 *      |                     |                    |                  ^ ^
 *      |                     +---failedToStart----+------------------+ |
 *      |                     +-------lost---------+--lost--> Unknown --+ (exited, stopped)
 *      +------------------------ abandoned ----------------------------+
 * </pre>
 *
 * Creating is written before the first resource is taken. It and Removing show as CONTAINER_UNKNOWN and CONTAINER_EXITED.
 */
public sealed interface ContainerState {
    /** When CreateContainer was accepted. */
    Instant createdAt();

    /** Resources may have been taken; cut off here, only removal is legal. */
    record Creating(Instant createdAt) implements ContainerState {
        public Created created() {
            return new Created(createdAt);
        }

        public Exited abandoned(ExitStatus status) {
            return new Exited(createdAt, Optional.empty(), status);
        }
    }

    /** CONTAINER_CREATED: bundle and snapshot exist, the process waits to be started. */
    record Created(Instant createdAt) implements ContainerState {
        public Running started(Instant now) {
            return new Running(createdAt, now);
        }

        public Exited failedToStart(ExitStatus status) {
            return new Exited(createdAt, Optional.empty(), status);
        }

        /** Its start failed, and it cannot be said whether it runs. */
        public Unknown lost(String cause) {
            return new Unknown(createdAt, Optional.empty(), cause);
        }
    }

    /** CONTAINER_RUNNING. */
    record Running(Instant createdAt, Instant startedAt) implements ContainerState {
        public Exited exited(ExitStatus status) {
            return new Exited(createdAt, Optional.of(startedAt), status.notBefore(startedAt));
        }

        public Unknown lost(String cause) {
            return new Unknown(createdAt, Optional.of(startedAt), cause);
        }
    }

    /** CONTAINER_EXITED; {@code startedAt} is empty where the process never ran. */
    record Exited(Instant createdAt, Optional<Instant> startedAt, ExitStatus status) implements ContainerState {
        public Removing removing() {
            return new Removing(createdAt, startedAt, status);
        }
    }

    /** The handler does not answer for it; only stop and remove are legal. */
    record Unknown(Instant createdAt, Optional<Instant> startedAt, String cause) implements ContainerState {
        public Exited exited(ExitStatus status) {
            return new Exited(
                    createdAt, startedAt, startedAt.map(status::notBefore).orElse(status));
        }

        /** It was found alive after all. */
        public Running found(Instant fallbackStart) {
            return new Running(createdAt, startedAt.orElse(fallbackStart));
        }
    }

    /** RemoveContainer is under way or was cut off; only another removal is legal. */
    record Removing(Instant createdAt, Optional<Instant> startedAt, ExitStatus status) implements ContainerState {}
}
