package io.carafe.kata;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.linux.process.OomScore;
import io.carafe.oci.shim.TaskClient;
import io.carafe.ports.runtime.AttachedStreams;
import io.carafe.ports.runtime.ContainerPlan;
import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.runtime.RuntimeFeature;
import java.util.Map;
import java.util.Optional;

/** The containers of pods. */
final class ShimContainers implements Containers {
    private final ShimTools tools;
    private final PodShims shims;
    private final ShimTasks containers;
    private final Map<RuntimeFeature, String> missingFeatures;

    ShimContainers(ShimTools tools, PodShims shims, ShimTasks containers, Map<RuntimeFeature, String> missingFeatures) {
        this.tools = tools;
        this.shims = shims;
        this.containers = containers;
        this.missingFeatures = missingFeatures;
    }

    @Override
    public void create(ContainerPlan plan) throws InterruptedException {
        ShimTask task = containers.task(plan.id().value());
        String attempted = "create " + task;
        if (task.exists()) {
            throw new Fault.WrongState(attempted + ": " + task.directory() + " exists already; delete it first");
        }
        boolean done = false;
        try {
            ShimFault.doing(attempted, () -> {
                String sandbox = plan.sandboxId().value();
                TaskTrace trace =
                        TaskTrace.ofContainer(sandbox, plan.spec(), plan.logPath(), plan.stdin(), plan.stdinOnce());
                // refused here if it cannot be one: everything later relies on it
                tools.cgroups().cgroup(trace.cgroup());
                task.bundle().make();
                task.writeTrace(trace);
                containers.create(task, trace, ShimSpecs.inPod(plan.spec(), "container", sandbox));
            });
            done = true;
        } finally {
            if (!done) {
                containers.deleteAfterFailure(task);
            }
        }
    }

    @Override
    public void start(ContainerId id) throws InterruptedException {
        containers.start(id.value());
    }

    @Override
    public void kill(ContainerId id, Signal signal, KillScope scope) throws InterruptedException {
        containers.kill(id.value(), signal, scope);
    }

    @Override
    public void delete(ContainerId id) throws InterruptedException {
        containers.delete(id.value());
    }

    @Override
    public Observation observe(ContainerId id) throws InterruptedException {
        return containers.observe(id.value());
    }

    @Override
    public void adopt(ContainerId id) throws InterruptedException {
        containers.adopt(id.value());
    }

    @Override
    public Optional<CgroupUsage> usage(ContainerId id) throws InterruptedException {
        ShimTask task = containers.task(id.value());
        return ShimFault.during("read usage of " + task, () -> {
            Optional<TaskTrace> trace = task.trace();
            if (trace.isEmpty() || task.exit().isPresent()) {
                return Optional.empty();
            }
            if (tools.profile().onHost()) {
                return task.livingInit()
                        .flatMap(_ -> tools.cgroups()
                                .cgroup(trace.get().cgroup())
                                .usage(tools.clock().instant()));
            }
            return containers.observe(id.value()) instanceof Observation.Running
                    ? shims.client(trace.get().sandbox())
                            .usage(id.value(), tools.clock().instant())
                    : Optional.empty();
        });
    }

    @Override
    public void update(ContainerId id, LinuxResources resources) throws InterruptedException {
        String attempted = "update container " + id;
        if (missingFeatures.containsKey(RuntimeFeature.UPDATE)) {
            throw new Fault.Unsupported(
                    attempted + ": " + missingFeatures.get(RuntimeFeature.UPDATE) + "; resize the pod");
        }
        if (!resources.unified().isEmpty() && !tools.cgroups().isV2()) {
            throw new Fault.InvalidArgument(
                    attempted + ": unified resources " + resources.unified().keySet() + " need cgroup v2");
        }
        TaskTrace trace = containers.running(attempted, id.value());
        ShimFault.doing(attempted, () -> {
            TaskClient client = shims.client(trace.sandbox());
            tools.gated(() -> {
                client.update(id.value(), resources);
                return client;
            });
            if (resources.oomScoreAdj().isPresent() && tools.profile().onHost()) {
                OomScore.set(
                        tools.cgroups().cgroup(trace.cgroup()).processes(),
                        resources.oomScoreAdj().getAsInt());
            }
        });
    }

    @Override
    public void reopenLog(ContainerId id) throws InterruptedException {
        String attempted = "reopen log of container " + id;
        ShimTask task = containers.task(id.value());
        ShimFault.doing(attempted, () -> {
            Optional<TaskStreams> streams = containers.watch().streams(id.value());
            if (task.exit().isPresent() || streams.isEmpty()) {
                throw new Fault.WrongState(attempted + ": the container has ended, nothing is written any more");
            }
            if (!streams.get().reopenLog()) {
                throw new Fault.WrongState(attempted + ": it has none");
            }
        });
    }

    @Override
    public AttachedStreams attach(ContainerId id) throws InterruptedException {
        String attempted = "attach to container " + id;
        TaskTrace trace = containers.running(attempted, id.value());
        TaskStreams streams = containers
                .watch()
                .streams(id.value())
                .orElseThrow(() -> new Fault.Unavailable(attempted + ": its streams are not served yet; try again"));
        return new AttachedTask(tools, shims, containers.task(id.value()), trace, streams);
    }
}
