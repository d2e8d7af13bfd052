package io.carafe.gvisor;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.Signal;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.spec.OciSpec;
import io.carafe.linux.process.Signals;
import io.carafe.oci.bundle.PauseRoot;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.ports.runtime.ByteStream;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.runtime.PortForwardTarget;
import io.carafe.ports.runtime.SandboxNeeds;
import io.carafe.ports.runtime.SandboxPlan;
import io.carafe.ports.runtime.Sandboxes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pod is a sandbox: one process on the host, gVisor's kernel, which lives as long as the pause process inside. It takes the addresses
 * of the pod's network when it starts, so these must be there.
 *
 * @param roots root file systems of pause processes
 * @param sockets a directory with a short path
 */
record GvisorSandboxes(
        GvisorTools tools,
        Path directory,
        Path roots,
        Path sockets,
        Creation creation,
        Removal removal,
        Observer observer,
        ExitWatch exits)
        implements Sandboxes {
    /** No file: containers whose spec names it share the PID namespace of the pause process. */
    private static final String PID_NAMESPACE = "pid-namespace";

    private MonitoredContainer sandbox(PodSandboxId id) {
        return MonitoredContainer.in(directory, "sandbox", id.value());
    }

    @Override
    public SandboxNeeds needs(NamespaceOptions options) {
        return new SandboxNeeds(options.hostNetwork() ? Set.of() : Set.of(NamespaceType.NETWORK), true);
    }

    @Override
    public Map<NamespaceType, Path> run(SandboxPlan plan) throws InterruptedException {
        MonitoredContainer sandbox = sandbox(plan.id());
        String attempted = "run " + sandbox;
        OciSpec spec = plan.spec()
                .orElseThrow(() -> new Fault.InvalidArgument(attempted + ": it needs the spec of a sandbox container"));
        boolean done = false;
        try {
            allowLowPorts(attempted, plan);
            OciSpec rooted =
                    RuntimeFault.during(attempted, () -> root(plan.id()).make(attempted, spec));
            creation.sandbox(sandbox, GvisorSpecAdjustments.sandbox(rooted, sandbox.id()), plan.cgroup());
            RuntimeFault.doing(
                    attempted, () -> tools.gated(() -> tools.runsc(sandbox.id()).start(sandbox.id())));
            exits.watch(sandbox);
            done = true;
        } finally {
            if (!done) {
                deleteAfterFailure(plan.id());
            }
        }
        return plan.config().security().namespaces().pid() == NamespaceMode.POD
                ? Map.of(NamespaceType.PID, sandbox.file(PID_NAMESPACE))
                : Map.of();
    }

    @Override
    public void kill(PodSandboxId id, Signal signal) throws InterruptedException {
        MonitoredContainer sandbox = sandbox(id);
        RuntimeFault.doing("kill " + sandbox, () -> {
            if (sandbox.livingProcess().isEmpty()) {
                return;
            }
            try {
                tools.runsc(sandbox.id()).kill(sandbox.id(), signal);
            } catch (CommandFailure e) {
                // the process itself knows no other signal
                if (signal.equals(Signal.KILL)) {
                    sandbox.livingProcess().ifPresent(process -> Signals.send(process, Signal.KILL));
                } else if (sandbox.livingProcess().isPresent()) {
                    throw e;
                }
            }
        });
    }

    @Override
    public void delete(PodSandboxId id) throws InterruptedException {
        removal.removeSandbox(sandbox(id));
        RuntimeFault.doing("delete sandbox " + id, root(id)::remove);
    }

    @Override
    public Observation observe(PodSandboxId id) throws InterruptedException {
        return observer.observeSandbox(sandbox(id));
    }

    @Override
    public void adopt(PodSandboxId id) throws InterruptedException {
        MonitoredContainer sandbox = sandbox(id);
        if (sandbox.exists()) {
            exits.watch(sandbox);
            RuntimeFault.doing(
                    "adopt " + sandbox,
                    () -> sandbox.trace().ifPresent(trace -> tools.oomLedger().adopt(trace.cgroup())));
        }
    }

    /** Inside the sandbox: with its own network stack there is nothing to connect to in the pod's network namespace. */
    @Override
    public ByteStream portForward(PodSandboxId id, PortForwardTarget target, Duration timeout)
            throws InterruptedException {
        String attempted = "forward to port " + target.port() + " of pod " + id;
        return tools.tasks()
                .within(
                        attempted,
                        timeout,
                        () -> SandboxConnection.open(
                                attempted, tools.runsc(id.value()), sockets, id.value(), target.port()));
    }

    /**
     * With the kernel's stack a bind is a call of the sandbox, which has no capability for it; who may do it is for gVisor's kernel
     * to say.
     */
    private void allowLowPorts(String attempted, SandboxPlan plan) throws InterruptedException {
        Optional<Path> network = Optional.ofNullable(plan.namespaces().get(NamespaceType.NETWORK));
        if (tools.options().network() == GvisorOptions.Network.HOST && network.isPresent()) {
            RuntimeFault.doing(attempted, () -> new LowPorts(network.get()).allow());
        }
    }

    private PauseRoot root(PodSandboxId id) {
        return new PauseRoot(roots.resolve(id.value()));
    }

    private void deleteAfterFailure(PodSandboxId id) throws InterruptedException {
        try {
            delete(id);
        } catch (Fault e) {
            System.getLogger(GvisorSandboxes.class.getName())
                    .log(System.Logger.Level.WARNING, "clean up after a failure: " + e.getMessage());
        }
    }
}
