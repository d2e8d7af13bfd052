package io.carafe.gvisor;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.mount.Mounts;
import io.carafe.linux.process.HeldProcess;
import io.carafe.linux.process.Signals;
import io.carafe.oci.bundle.Bundle;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.RuntimeFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Removes all there is of a container or sandbox, in whatever state it or its creation is.
 *
 * <p>Idempotent. Crash: the directory goes last, so it can be done again.
 *
 * @param sandboxes where those are, for containers that can be ended only with theirs
 */
record Removal(GvisorTools tools, Path sandboxes) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LEAVING = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(5);

    /** Where runsc listens when the path of its state directory is too long for a socket. */
    private static final Path SOCKETS = Path.of("/var/run");

    void remove(MonitoredContainer container) throws InterruptedException {
        if (!container.exists()) {
            return;
        }
        RuntimeFault.doing("delete " + container, () -> {
            Optional<Trace> trace = container.trace();
            cutOffCreation(container, trace);
            if (trace.isPresent()) {
                endContainer(container, trace.get().sandbox());
            }
            endMonitors(container);
            removeCgroups(container, trace);
            container.files().bundle().remove();
        });
    }

    /** The sandbox with all that is in it. Its state directory goes whole: runsc need not be asked, nor be there. */
    void removeSandbox(MonitoredContainer sandbox) throws InterruptedException {
        if (!sandbox.exists()) {
            return;
        }
        RuntimeFault.doing("delete " + sandbox, () -> {
            Optional<Trace> trace = sandbox.trace();
            cutOffCreation(sandbox, trace);
            Optional<ProcessIdentity> process = sandbox.livingProcess();
            if (process.isPresent()) {
                Signals.send(process.get(), Signal.KILL);
            }
            endMonitors(sandbox);
            if (process.isPresent()) {
                awaitEnd(process.get());
            }
            if (trace.isPresent()) {
                // what the kernel did in it must not be laid to another sandbox below the same parent
                tools.oomLedger().settle(trace.get().cgroup());
            }
            removeCgroups(sandbox, trace);
            if (trace.isPresent()) {
                tools.oomLedger().forget(trace.get().cgroup());
            }
            // newer versions mount an empty network namespace there
            Mounts.unmountTree(tools.root(sandbox.id()));
            new Bundle(tools.root(sandbox.id())).remove();
            Files.deleteIfExists(SOCKETS.resolve("runsc-" + sandbox.id() + ".sock"));
            sandbox.files().bundle().remove();
        });
    }

    /** As {@link #remove}, but what goes wrong must not hide the failure that is under way: a later delete will tell. */
    void removeAfterFailure(MonitoredContainer container) throws InterruptedException {
        try {
            if (container.what().equals("sandbox")) {
                removeSandbox(container);
            } else {
                remove(container);
            }
        } catch (Fault e) {
            System.getLogger(Removal.class.getName())
                    .log(System.Logger.Level.WARNING, "clean up after a failure: " + e.getMessage());
        }
    }

    /**
     * Ends a container by runsc; where that is gone, by its sandbox: nobody could manage the pod any more.
     *
     * @throws CommandFailure if it could not be ended although its sandbox lives
     */
    void killAll(MonitoredContainer container, String sandbox)
            throws IOException, CommandFailure, InterruptedException {
        try {
            tools.runsc(sandbox).killAll(container.id(), Signal.KILL);
        } catch (CommandFailure.NotStarted e) {
            killSandbox(sandbox);
        } catch (CommandFailure.BadExit e) {
            if (!Runsc.saysItHasEnded(e) && isAlive(sandbox)) {
                throw e;
            }
        }
    }

    boolean isAlive(String sandbox) throws IOException {
        return sandbox(sandbox).livingProcess().isPresent();
    }

    /** False if it was dead already. */
    boolean killSandbox(String sandbox) throws IOException {
        Optional<ProcessIdentity> process = sandbox(sandbox).livingProcess();
        return process.isPresent() && Signals.send(process.get(), Signal.KILL);
    }

    private MonitoredContainer sandbox(String id) {
        return MonitoredContainer.in(sandboxes, "sandbox", id);
    }

    /** First those who would go on creating. */
    private void cutOffCreation(MonitoredContainer container, Optional<Trace> trace)
            throws IOException, InterruptedException {
        if (container.process().isPresent()) {
            return;
        }
        for (ProcessIdentity monitor : container.monitors(tools.options().conmonOrDefault())) {
            Signals.send(monitor, Signal.KILL);
        }
        Optional<Cgroup> cgroup = trace.flatMap(Trace::monitorCgroup).map(tools.cgroups()::cgroup);
        if (cgroup.isPresent()) {
            killAll(container, cgroup.get());
        }
    }

    private void endContainer(MonitoredContainer container, String sandbox)
            throws IOException, CommandFailure, InterruptedException {
        Optional<ProcessIdentity> waiter = container.livingProcess();
        if (waiter.isPresent()) {
            if (container.has(Waiter.STARTED)) {
                killAll(container, sandbox);
            } else {
                Signals.send(waiter.get(), Signal.KILL);
            }
            if (!awaitEnd(waiter.get())) {
                Signals.kill(waiter.get(), tools.readiness(), PATIENCE);
            }
        }
        if (isKnownToRunsc(container, sandbox)) {
            forget(container, sandbox);
        }
    }

    private boolean isKnownToRunsc(MonitoredContainer container, String sandbox) throws IOException {
        Path root = tools.root(sandbox);
        if (!Files.isDirectory(root)) {
            return false;
        }
        try (Stream<Path> files = Files.list(root)) {
            return files.anyMatch(file -> String.valueOf(file.getFileName()).startsWith(container.id()));
        }
    }

    /** Waiters do it themselves, but those that were killed. */
    private void forget(MonitoredContainer container, String sandbox)
            throws IOException, CommandFailure, InterruptedException {
        try {
            tools.runsc(sandbox).deleteByForce(container.id());
        } catch (CommandFailure.NotStarted e) {
            // goes with the directory of its sandbox
            killSandbox(sandbox);
        } catch (CommandFailure.BadExit e) {
            if (!Runsc.saysItHasEnded(e) && isAlive(sandbox)) {
                throw e;
            }
        }
    }

    private void endMonitors(MonitoredContainer container) throws IOException, InterruptedException {
        for (ProcessIdentity monitor : container.monitors(tools.options().conmonOrDefault())) {
            // it writes the last lines of the log and the exit code
            if (!awaitEnd(monitor)) {
                Signals.kill(monitor, tools.readiness(), PATIENCE);
            }
        }
    }

    private void removeCgroups(MonitoredContainer container, Optional<Trace> trace) throws InterruptedException {
        if (trace.isEmpty()) {
            return;
        }
        Cgroup own = tools.cgroups().cgroup(trace.get().cgroup());
        remove(container, own);
        if (trace.get().monitorCgroup().isPresent()) {
            Cgroup monitor = tools.cgroups().cgroup(trace.get().monitorCgroup().get());
            remove(container, monitor);
        }
    }

    /** A process on its way out is listed no more, but keeps its cgroup for a moment. */
    private static void remove(MonitoredContainer container, Cgroup cgroup) throws InterruptedException {
        long deadline = System.nanoTime() + LEAVING.toNanos();
        while (true) {
            killAll(container, cgroup);
            try {
                cgroup.remove();
                return;
            } catch (LinuxException e) {
                if (e.errno() != Errno.EBUSY || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static void killAll(MonitoredContainer container, Cgroup cgroup) throws InterruptedException {
        if (!cgroup.killAll(PATIENCE)) {
            throw new Fault.TimedOut("delete " + container + ": " + cgroup.hanging(PATIENCE));
        }
    }

    private boolean awaitEnd(ProcessIdentity process) throws InterruptedException {
        Optional<HeldProcess> held = HeldProcess.open(process);
        if (held.isEmpty()) {
            return true;
        }
        try (HeldProcess open = held.get()) {
            return open.awaitEnd(tools.readiness(), PATIENCE);
        }
    }
}
