package io.carafe.runc;

import io.carafe.domain.fault.DurationText;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.linux.process.ProcessTable;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.ports.runtime.Observation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Says what a container is doing, from its files and /proc; a few dozen microseconds, no process. */
record Observer(RuncTools tools) {
    /** As long as a creation that a dead daemon began may take to show. */
    private static final Duration CREATION = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(5);

    Observation observe(MonitoredContainer container) throws InterruptedException {
        return RuntimeFault.during("observe " + container, () -> {
            if (!container.exists()) {
                return new Observation.Gone("there is no " + container.directory());
            }
            Optional<Observation> found = look(container);
            long deadline = System.nanoTime() + CREATION.toNanos();
            while (found.isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(PAUSE);
                found = look(container);
            }
            return found.orElseGet(() -> new Observation.Unreachable(
                    tools.clock().instant(),
                    "conmon has neither created " + container + " nor failed within " + DurationText.of(CREATION)));
        });
    }

    /** Empty while it is being created. */
    private Optional<Observation> look(MonitoredContainer container) throws IOException {
        // Before the exit file: who lives cannot have written it afterwards.
        List<ProcessIdentity> monitors = container.monitors(tools.conmon().program());
        Optional<ProcessIdentity> init = container.init();
        Optional<ProcessIdentity> living = init.filter(ProcessTable.HOST::isAlive);
        Optional<ExitStatus> exit = ExitWatch.exit(container, tools);
        if (exit.isPresent()) {
            return Optional.of(new Observation.Exited(exit.get()));
        }
        if (living.isPresent()) {
            return Optional.of(alive(container, living.get()));
        }
        if (!monitors.isEmpty()) {
            // its process is dead and conmon about to write how, or there is none yet
            return Optional.empty();
        }
        if (init.isEmpty() && container.files().pid().isEmpty()) {
            return Optional.of(new Observation.Gone("no process was made for " + container + " and no conmon lives"));
        }
        return Optional.of(new Observation.Exited(ExitWatch.lost(container, tools.clock())));
    }

    private Observation alive(MonitoredContainer container, ProcessIdentity init) throws IOException {
        if (container.waitsForStart()) {
            return new Observation.Created();
        }
        boolean frozen = container
                .trace()
                .map(trace -> new Freezer(tools.cgroups().cgroup(trace.cgroup())).isFrozen())
                .orElse(false);
        return frozen ? new Observation.Paused() : new Observation.Running(Optional.of(init));
    }
}
