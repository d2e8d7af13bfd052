package io.carafe.gvisor;

import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.Bytes;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.process.ProcessTable;
import io.carafe.linux.process.Signals;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Commands in running containers: a bare exec where only the result counts, one under conmon where streams do. */
record GvisorExecs(GvisorTools tools, GvisorContainers containers) implements Execs {
    @Override
    public ExecResult run(ExecPlan plan, Duration timeout, Bytes outputLimit) throws InterruptedException {
        String attempted = attempted(plan);
        MonitoredContainer container = containers.running(attempted, plan.container());
        return RuntimeFault.during(attempted, () -> {
            Runsc runsc = tools.runsc(container.knownTrace().sandbox());
            try (ExecFiles exec = ExecFiles.make(
                            container.directory(), GvisorSpecAdjustments.process(plan.process()), plan.size());
                    ExecOutput output = new ExecOutput(outputLimit, tools.memory())) {
                ProcessFamily family = family(runsc, container, exec);
                CapturedExec captured = new CapturedExec(exec, attempted, tools.readiness(), tools.tasks()::background);
                CapturedExec.Result result = captured.run(
                        (stdout, stderr) -> runsc.exec(
                                container.id(),
                                exec.process(),
                                exec.files().pidFile(),
                                family.internalPid(),
                                exec.files().runtimeLog(),
                                stdout,
                                stderr),
                        _ -> family.kill(),
                        timeout,
                        output);
                return new ExecResult(result.exitCode(), result.stdout(), result.stderr());
            }
        });
    }

    @Override
    public ExecSession open(ExecPlan plan, boolean stdin) throws InterruptedException {
        String attempted = attempted(plan);
        MonitoredContainer container = containers.running(attempted, plan.container());
        boolean terminal = plan.process().terminal();
        return RuntimeFault.during(attempted, () -> {
            String sandbox = container.knownTrace().sandbox();
            ExecFiles exec =
                    ExecFiles.make(container.directory(), GvisorSpecAdjustments.process(plan.process()), plan.size());
            List<String> argv = tools.containerMonitor(sandbox)
                    .execAttached(container.id(), exec.session(), exec.files(), exec.process(), terminal, stdin);
            AttachedExec session =
                    AttachedExec.open(attempted, argv, exec, stdin || terminal, tools.readiness(), tools.threads());
            return new GvisorExec(family(tools.runsc(sandbox), container, exec), session, terminal);
        });
    }

    /** Ends commands of a daemon that has ended: nobody waits for them any more, and no timeout holds. */
    static void endLeftovers(GvisorTools tools, MonitoredContainer container) {
        try {
            Optional<Trace> trace = container.trace();
            for (ExecFiles exec : ExecFiles.all(container.directory())) {
                if (trace.isPresent()) {
                    family(tools.runsc(trace.get().sandbox()), container, exec).kill();
                }
                // runsc or conmon: both are given this file, whose name nobody else has
                ProcessTable.HOST
                        .withArgument(exec.process().toString())
                        .forEach(runtime -> Signals.send(runtime, Signal.KILL));
                exec.close();
            }
        } catch (IOException | CommandFailure | LinuxException e) {
            System.getLogger(GvisorExecs.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "end the execs that an earlier daemon left in " + container + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProcessFamily family(Runsc runsc, MonitoredContainer container, ExecFiles exec) {
        return new ProcessFamily(runsc, container.id(), exec.file(Waiter.INTERNAL_PID));
    }

    private static String attempted(ExecPlan plan) {
        return "exec " + plan.process().args() + " in container " + plan.container();
    }
}
