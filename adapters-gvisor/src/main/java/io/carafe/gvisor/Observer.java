package io.carafe.gvisor;

import io.carafe.domain.fault.DurationText;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.ports.runtime.Observation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Says what a container or sandbox is doing, from its files and /proc: no process is run.
 *
 * <p>A container runs as long as its waiter waits: that lives as long as the sandbox answers.
 */
record Observer(GvisorTools tools, Ending ending) {
    /** As long as a creation that a dead daemon began may take to show. */
    private static final Duration CREATION = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(5);

    /** One look; empty while it is being created or is about to end. */
    private interface Look {
        Optional<Observation> at(MonitoredContainer container) throws IOException;
    }

    Observation observe(MonitoredContainer container) throws InterruptedException {
        return await(container, this::look);
    }

    Observation observeSandbox(MonitoredContainer sandbox) throws InterruptedException {
        return await(sandbox, this::lookAtSandbox);
    }

    private Observation await(MonitoredContainer container, Look look) throws InterruptedException {
        return RuntimeFault.during("observe " + container, () -> {
            if (!container.exists()) {
                return new Observation.Gone("there is no " + container.directory());
            }
            Optional<Observation> found = look.at(container);
            long deadline = System.nanoTime() + CREATION.toNanos();
            while (found.isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(PAUSE);
                found = look.at(container);
            }
            return found.orElseGet(() -> new Observation.Unreachable(
                    tools.clock().instant(),
                    "conmon has neither created " + container + " nor failed within " + DurationText.of(CREATION)));
        });
    }

    private Optional<Observation> look(MonitoredContainer container) throws IOException {
        // Before the files: who lives cannot have written them afterwards.
        List<ProcessIdentity> monitors = container.monitors(tools.options().conmonOrDefault());
        Optional<ProcessIdentity> waiter = container.process();
        boolean waits = container.livingProcess().isPresent();
        boolean answered = container.has(Waiter.STATUS) || container.has(Waiter.ORPHANED);
        if (waits && !answered) {
            return Optional.of(
                    container.has(Waiter.STARTED)
                            ? new Observation.Running(Optional.empty())
                            : new Observation.Created());
        }
        return ended(container, monitors, waiter, waits, ending.of(container));
    }

    private Optional<Observation> lookAtSandbox(MonitoredContainer sandbox) throws IOException {
        List<ProcessIdentity> monitors = sandbox.monitors(tools.options().conmonOrDefault());
        Optional<ProcessIdentity> process = sandbox.process();
        if (sandbox.livingProcess().isPresent()) {
            return Optional.of(new Observation.Running(Optional.empty()));
        }
        return ended(sandbox, monitors, process, false, ending.ofSandbox(sandbox));
    }

    /** @param lives whether the process that conmon watches is there still, if only to clean up */
    private Optional<Observation> ended(
            MonitoredContainer container,
            List<ProcessIdentity> monitors,
            Optional<ProcessIdentity> process,
            boolean lives,
            Optional<ExitStatus> exit)
            throws IOException {
        if (lives || !monitors.isEmpty()) {
            // conmon is about to write how it ended, or there is nothing yet
            return Optional.empty();
        }
        if (exit.isPresent()) {
            return Optional.of(new Observation.Exited(exit.get()));
        }
        if (process.isEmpty() && container.files().pid().isEmpty()) {
            return Optional.of(new Observation.Gone("no process was made for " + container + " and no conmon lives"));
        }
        return Optional.of(new Observation.Exited(ending.lost(container)));
    }
}
