package io.carafe.runc;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.resource.Bytes;
import io.carafe.linux.process.ProcessTable;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.oci.exec.AttachedExec;
import io.carafe.oci.exec.CapturedExec;
import io.carafe.oci.exec.ExecFiles;
import io.carafe.oci.exec.ExecOutput;
import io.carafe.ports.runtime.ExecPlan;
import io.carafe.ports.runtime.ExecResult;
import io.carafe.ports.runtime.ExecSession;
import io.carafe.ports.runtime.Execs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
        return RuntimeFault.during(attempted, () -> {
            try (ExecFiles exec = ExecFiles.make(container.directory(), plan.process(), plan.size());
                    ExecOutput output = new ExecOutput(outputLimit, tools.memory())) {
                CapturedExec captured = new CapturedExec(exec, attempted, tools.readiness(), tools.tasks()::background);
                CapturedExec.Result result = captured.run(
                        (stdout, stderr) -> start(container, exec, stdout, stderr),
                        runtime -> kill(container, exec, runtime),
                        timeout,
                        output);
                return new ExecResult(result.exitCode(), result.stdout(), result.stderr());
            }
        });
    }

    @Override
    public ExecSession open(ExecPlan plan, boolean stdin) throws InterruptedException {
        String attempted = attempted(plan);
        MonitoredContainer container =
                containers.running(attempted, plan.container().value());
        boolean terminal = plan.process().terminal();
        return RuntimeFault.during(attempted, () -> {
            ExecFiles exec = ExecFiles.make(container.directory(), plan.process(), plan.size());
            List<String> argv = tools.conmon()
                    .execAttached(container.id(), exec.session(), exec.files(), exec.process(), terminal, stdin);
            AttachedExec session =
                    AttachedExec.open(attempted, argv, exec, stdin || terminal, tools.readiness(), tools.threads());
            return new MonitoredExec(tools, container, exec, session, terminal);
        });
    }

    private Process start(MonitoredContainer container, ExecFiles exec, Path stdout, Path stderr)
            throws CommandFailure {
        return tools.cli()
                .exec(
                        container.id(),
                        exec.process(),
                        exec.files().pidFile(),
                        exec.files().runtimeLog(),
                        stdout,
                        stderr);
    }

    private void kill(MonitoredContainer container, ExecFiles exec, Process process) throws IOException {
        Optional<ProcessIdentity> runtime = ProcessTable.HOST.identify(process.pid());
        if (runtime.isPresent()) {
            ExecFamily.of(tools, container, exec, runtime.get()).kill();
        }
    }

    private static String attempted(ExecPlan plan) {
        return "exec " + plan.process().args() + " in container " + plan.container();
    }
}
