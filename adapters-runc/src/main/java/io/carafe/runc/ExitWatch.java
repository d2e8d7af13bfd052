package io.carafe.runc;

import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.process.HeldProcess;
import io.carafe.oci.cli.RuntimeFault;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Waits for the end of containers, a virtual thread each, all by one poll.
 *
 * <p>conmon writes the exit code and then ends. So its end is waited for, by a descriptor that means this process and no other, and
 * it does not matter whether it ended before we looked: nothing can be missed between adopting and watching. If it ends without
 * an exit code, it was killed; then the container's own process is waited for.
 *
 * @param exits told of every end; the status of one that was deleted meanwhile is not known any more and is not told
 */
record ExitWatch(RuncTools tools, BiConsumer<String, ExitStatus> exits) {
    private static final System.Logger LOG = System.getLogger(ExitWatch.class.getName());
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    void watch(MonitoredContainer container) {
        tools.tasks().background("exit of " + container, () -> {
            try {
                Optional<ExitStatus> status =
                        RuntimeFault.during("wait for the end of " + container, () -> awaitExit(container));
                status.ifPresent(exit -> exits.accept(container.id(), exit));
            } catch (InterruptedException e) {
                // the daemon ends; the container goes on
                Thread.currentThread().interrupt();
            }
        });
    }

    private Optional<ExitStatus> awaitExit(MonitoredContainer container) throws IOException, InterruptedException {
        awaitEnd(container.files().monitor());
        Optional<ExitStatus> exit = tools.ending().of(container);
        if (exit.isEmpty() && container.exists()) {
            awaitEnd(container.init());
            exit = container.exists() ? Optional.of(tools.ending().lost(container)) : Optional.empty();
        }
        if (exit.isPresent()) {
            try {
                endTheRest(container);
            } catch (IOException | LinuxException e) {
                // the exit must be told; a stop or removal ends them too
                LOG.log(System.Logger.Level.WARNING, "the other processes of " + container + " cannot be ended", e);
            }
        }
        return exit;
    }

    /** In a PID namespace that is the pod's or the host's, the kernel lets a container's other processes live on. */
    private void endTheRest(MonitoredContainer container) throws IOException, InterruptedException {
        Optional<Trace> shared = container.trace().filter(trace -> !trace.ownPids());
        if (shared.isPresent()) {
            Cgroup cgroup = tools.cgroups().cgroup(shared.get().cgroup());
            cgroup.killAll(KILL_TIMEOUT);
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
