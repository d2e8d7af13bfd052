package io.carafe.gvisor;

import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.linux.process.HeldProcess;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.ports.runtime.Observation;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Waits for ends, a virtual thread each, all by one poll: first conmon's, which has then written the last of the log, then that of the
 * process it watched, which is another only if conmon was killed.
 *
 * @param observe says how it ended, once both are gone
 * @param exits told of every end; one that was deleted meanwhile is not told
 */
record ExitWatch(GvisorTools tools, Observe observe, BiConsumer<String, ExitStatus> exits) {
    /** A query that may be interrupted. */
    interface Observe {
        Observation of(MonitoredContainer container) throws InterruptedException;
    }

    void watch(MonitoredContainer container) {
        tools.tasks().background("exit of " + container, () -> {
            try {
                RuntimeFault.doing("wait for the end of " + container, () -> awaitEnd(container));
                if (observe.of(container) instanceof Observation.Exited(ExitStatus status)) {
                    RuntimeFault.doing("clean up after " + container, () -> endTheRest(container));
                    exits.accept(container.id(), status);
                }
            } catch (InterruptedException e) {
                // the daemon ends; the container goes on
                Thread.currentThread().interrupt();
            }
        });
    }

    /** A waiter that was killed has left the container running, unwatched. */
    private void endTheRest(MonitoredContainer container) throws IOException, InterruptedException {
        boolean unwatched =
                container.has(Waiter.STARTED) && !container.has(Waiter.STATUS) && !container.has(Waiter.ORPHANED);
        Optional<Trace> trace = unwatched ? container.trace() : Optional.empty();
        if (trace.isPresent()) {
            try {
                tools.runsc(trace.get().sandbox()).deleteByForce(container.id());
            } catch (CommandFailure e) {
                System.getLogger(ExitWatch.class.getName())
                        .log(System.Logger.Level.WARNING, "end " + container + ", whose waiter was killed: " + e);
            }
        }
    }

    private void awaitEnd(MonitoredContainer container) throws IOException, InterruptedException {
        awaitEnd(container.files().monitor());
        if (container.exists()) {
            awaitEnd(container.process());
        }
    }

    private void awaitEnd(Optional<ProcessIdentity> process) throws InterruptedException {
        Optional<HeldProcess> held = process.flatMap(HeldProcess::open);
        if (held.isPresent()) {
            try (HeldProcess open = held.get()) {
                open.awaitEnd(tools.readiness());
            }
        }
    }
}
