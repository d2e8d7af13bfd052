package io.carafe.domain.sandbox;

import java.time.Instant;

/**
 * The life of a pod sandbox. No legal call, no method:
 *
 * <pre>
 *   Creating --ready--> Ready --stopped--> NotReady --removing--> Removing --> (record deleted)
 *      |                                      ^
 *      +------------- abandoned --------------+
 * </pre>
 *
 * Creating is written before the first resource is taken, so what a kill -9 leaves can be listed and removed. Only Ready is
 * SANDBOX_READY for CRI; all others are SANDBOX_NOTREADY. Removing is shown too, until the record is gone.
 */
public sealed interface SandboxState {
    /** When RunPodSandbox was accepted. */
    Instant createdAt();

    /**
     * Any resource may have been taken.
     *
     * @param stage for people; not written anew as the work goes on, so after a crash only a look at the host tells more
     */
    record Creating(Instant createdAt, String stage) implements SandboxState {
        public Creating at(String nextStage) {
            return new Creating(createdAt, nextStage);
        }

        public Ready ready() {
            return new Ready(createdAt);
        }

        public NotReady abandoned(Instant now, String cause) {
            return new NotReady(createdAt, now, cause);
        }
    }

    /** Namespaces, network and sandbox container, where there is one, are there. */
    record Ready(Instant createdAt) implements SandboxState {
        public NotReady stopped(Instant now, String cause) {
            return new NotReady(createdAt, now, cause);
        }
    }

    /** Nothing of the pod runs; its network has been given back, or will be by StopPodSandbox. */
    record NotReady(Instant createdAt, Instant stoppedAt, String cause) implements SandboxState {
        public Removing removing() {
            return new Removing(createdAt);
        }
    }

    /** RemovePodSandbox is under way or was cut off; only another removal is legal. */
    record Removing(Instant createdAt) implements SandboxState {}
}
