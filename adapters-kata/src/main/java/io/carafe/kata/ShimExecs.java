package io.carafe.kata;

import io.carafe.domain.fault.DurationText;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.resource.Bytes;
import io.carafe.oci.exec.ExecOutput;
import io.carafe.oci.shim.TaskExit;
import io.carafe.oci.ttrpc.TtrpcFailure;
import io.carafe.ports.runtime.ExecPlan;
import io.carafe.ports.runtime.ExecResult;
import io.carafe.ports.runtime.ExecSession;
import io.carafe.ports.runtime.Execs;
import java.time.Duration;

/** Commands in running containers. */
final class ShimExecs implements Execs {
    /** A child left in the background may hold the streams: what it writes later is not the command's. */
    private static final Duration DRAINING = Duration.ofMillis(200);

    private final ShimTools tools;
    private final PodShims shims;
    private final ShimTasks containers;

    ShimExecs(ShimTools tools, PodShims shims, ShimTasks containers) {
        this.tools = tools;
        this.shims = shims;
        this.containers = containers;
    }

    @Override
    public ExecResult run(ExecPlan plan, Duration timeout, Bytes outputLimit) throws InterruptedException {
        String attempted = attempted(plan);
        String id = plan.container().value();
        TaskTrace trace = containers.running(attempted, id);
        return ShimFault.during(attempted, () -> {
            try (ExecOutput output = new ExecOutput(outputLimit, tools.memory())) {
                return run(plan, trace, timeout, output);
            }
        });
    }

    private ExecResult run(ExecPlan plan, TaskTrace trace, Duration timeout, ExecOutput output) throws Exception {
        String attempted = attempted(plan);
        long begin = System.nanoTime();
        ShimTask task = containers.task(plan.container().value());
        CapturedOutput stdout = new CapturedOutput(output.stdout());
        CapturedOutput stderr = new CapturedOutput(output.stderr());
        try (ShimExec exec = ShimExec.start(tools, shims, task, trace, plan, false, stdout, stderr)) {
            TaskExit exit =
                    timeout.isZero() ? exec.awaitExit() : exec.awaitExit(timeout.minusNanos(System.nanoTime() - begin));
            while (!exec.awaitOutput(DRAINING) && output.isWaiting()) {
                // as long as others have the memory for it
            }
            if (output.isRefused()) {
                throw new Fault.Exhausted(attempted + ": it ran and ended with code " + exit.code()
                        + ", but other execs used all memory for output; say less, or try again when they have ended");
            }
            return new ExecResult(
                    exit.code(), output.stdout().take(), output.stderr().take());
        } catch (TtrpcFailure.Late e) {
            throw timeout.isZero()
                    ? e
                    : new Fault.TimedOut(
                            attempted + ": did not end within " + DurationText.of(timeout) + " and was killed", e);
        }
    }

    @Override
    public ExecSession open(ExecPlan plan, boolean stdin) throws InterruptedException {
        String attempted = attempted(plan);
        String id = plan.container().value();
        TaskTrace trace = containers.running(attempted, id);
        PipedOutput stdout = new PipedOutput();
        PipedOutput stderr = new PipedOutput();
        boolean input = stdin || plan.process().terminal();
        return ShimFault.during(attempted, () -> {
            ShimExec exec = ShimExec.start(tools, shims, containers.task(id), trace, plan, input, stdout, stderr);
            return new ShimExecSession(exec, attempted, stdout.reader(), stderr.reader());
        });
    }

    private static String attempted(ExecPlan plan) {
        return "exec " + plan.process().args() + " in container " + plan.container();
    }
}
