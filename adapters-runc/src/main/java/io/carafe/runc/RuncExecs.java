package io.carafe.runc;

import io.carafe.domain.resource.Bytes;
import io.carafe.ports.runtime.ExecPlan;
import io.carafe.ports.runtime.ExecResult;
import io.carafe.ports.runtime.ExecSession;
import io.carafe.ports.runtime.Execs;
import java.time.Duration;

/** Commands in running containers: a bare exec where only the result counts, one under conmon where streams do. */
final class RuncExecs implements Execs {
    private final RuncTools tools;
    private final MonitoredContainers containers;

    RuncExecs(RuncTools tools, MonitoredContainers containers) {
        this.tools = tools;
        this.containers = containers;
    }

    @Override
    public ExecResult run(ExecPlan plan, Duration timeout, Bytes outputLimit) throws InterruptedException {
        String attempted = attempted(plan);
        MonitoredContainer container =
                containers.running(attempted, plan.container().value());
        return RuncFault.during(attempted, () -> {
            try (ExecFiles exec = ExecFiles.make(container, plan.process())) {
                return new SyncExec(tools, container, exec, attempted).run(timeout, outputLimit);
            }
        });
    }

    @Override
    public ExecSession open(ExecPlan plan, boolean stdin) throws InterruptedException {
        String attempted = attempted(plan);
        MonitoredContainer container =
                containers.running(attempted, plan.container().value());
        return RuncFault.during(
                attempted,
                () -> MonitoredExec.open(
                        tools,
                        container,
                        ExecFiles.make(container, plan.process()),
                        plan.process().terminal(),
                        stdin));
    }

    private static String attempted(ExecPlan plan) {
        return "exec " + plan.process().args() + " in container " + plan.container();
    }
}
