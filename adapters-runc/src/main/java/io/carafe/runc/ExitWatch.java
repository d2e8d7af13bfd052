package io.carafe.runc;

import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.process.HeldProcess;
import io.carafe.oci.cli.RuntimeFault;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
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
    /** 128 + SIGKILL. */
    private static final int KILLED = 137;

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

    /** What is to be said of a container whose process is dead and whose conmon was killed; written down, so that it stays the same. */
    static ExitStatus lost(MonitoredContainer container, InstantSource clock) throws IOException {
        String reason = "its monitor (conmon) was killed before it could write the exit code; output may be missing";
        try {
            if (container.exists()) {
                container.files().writeLost(reason);
            }
        } catch (IOException e) {
            // on a full disk; it must be told all the same, or nobody could remove the container and make room
            LOG.log(System.Logger.Level.WARNING, "the lost exit of " + container + " cannot be written down", e);
        }
        return container.files().exit().orElseGet(() -> ExitStatus.unknown(clock.instant(), reason));
    }

    /**
     * What conmon wrote. It can learn of a kill for want of memory later than of the end, and then says nothing of it: the kernel's
     * own count decides, and is kept, since it goes with the cgroup.
     */
    static Optional<ExitStatus> exit(MonitoredContainer container, RuncTools tools) throws IOException {
        Optional<ExitStatus> written = container.files().exit();
        Optional<Trace> trace = container.trace();
        if (trace.isEmpty()
                || written.filter(status ->
                                status.code() == KILLED && !status.reason().equals(ExitStatus.OOM_KILLED))
                        .isEmpty()
                || tools.cgroups().cgroup(trace.get().cgroup()).oomKills().orElse(0) == 0) {
            return written;
        }
        try {
            Files.write(container.files().oomFile(), new byte[0]);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the OOM kill of " + container + " cannot be written down", e);
        }
        return written.map(status -> ExitStatus.of(status.code(), status.finishedAt(), true));
    }

    private Optional<ExitStatus> awaitExit(MonitoredContainer container) throws IOException, InterruptedException {
        awaitEnd(container.files().monitor());
        Optional<ExitStatus> exit = exit(container, tools);
        if (exit.isEmpty() && container.exists()) {
            awaitEnd(container.init());
            exit = container.exists() ? Optional.of(lost(container, tools.clock())) : Optional.empty();
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
