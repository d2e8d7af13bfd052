package com.example.unshare;

import io.carafe.domain.fault.DurationText;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.resource.Bytes;
import io.carafe.ports.runtime.ExecPlan;
import io.carafe.ports.runtime.ExecResult;
import io.carafe.ports.runtime.ExecSession;
import io.carafe.ports.runtime.Execs;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.spi.Tasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Commands by nsenter, as children of the daemon. */
final class UnshareExecs implements Execs {
    private final UnshareContainers containers;
    private final Tasks tasks;

    UnshareExecs(UnshareContainers containers, Tasks tasks) {
        this.containers = containers;
        this.tasks = tasks;
    }

    @Override
    public ExecResult run(ExecPlan plan, Duration timeout, Bytes outputLimit) throws InterruptedException {
        String attempted = attempted(plan);
        long deadline = timeout.isZero() ? Long.MAX_VALUE : System.nanoTime() + timeout.toNanos();
        Process process = launch(plan);
        try {
            close(process.getOutputStream());
            var stdout = new Collected(process.getInputStream(), outputLimit);
            var stderr = new Collected(process.getErrorStream(), outputLimit);
            Thread out = tasks.background("stdout of " + attempted, stdout::read);
            Thread err = tasks.background("stderr of " + attempted, stderr::read);
            if (!process.waitFor(left(deadline), TimeUnit.NANOSECONDS)) {
                throw new Fault.TimedOut(attempted + ": killed after " + DurationText.of(timeout));
            }
            // a child of the command may hold the streams for longer than the command lives
            out.join(Duration.ofNanos(left(deadline)));
            err.join(Duration.ofNanos(left(deadline)));
            String words = new String(stderr.bytes(), StandardCharsets.UTF_8);
            if (ContainerCommand.isRefusal(process.exitValue(), words)) {
                throw new Fault.InvalidArgument(attempted + ": " + words.strip());
            }
            return new ExecResult(process.exitValue(), stdout.bytes(), stderr.bytes());
        } finally {
            HostProcesses.killFamily(process.toHandle());
        }
    }

    @Override
    public ExecSession open(ExecPlan plan, boolean stdin) throws InterruptedException {
        String attempted = attempted(plan);
        if (plan.process().terminal()) {
            throw new Fault.Unsupported(attempted + ": this handler has no terminals");
        }
        Process process = launch(plan);
        try {
            if (!stdin) {
                close(process.getOutputStream());
            }
            return UnshareSession.begun(attempted, process);
        } catch (InterruptedException | RuntimeException e) {
            HostProcesses.killFamily(process.toHandle());
            throw e;
        }
    }

    private Process launch(ExecPlan plan) throws InterruptedException {
        Observation now = containers.observe(plan.container());
        if (!(now instanceof Observation.Running running)) {
            throw new Fault.WrongState(attempted(plan) + ": it is " + now);
        }
        long init = running.init()
                .map(ProcessIdentity::pid)
                .orElseThrow(() -> new Fault.WrongState(attempted(plan) + ": it has just ended"));
        try {
            return new ProcessBuilder(ContainerCommand.exec(
                            containers.files(plan.container()).directory(), init, plan.process()))
                    .start();
        } catch (IOException e) {
            throw new Fault.Unavailable(attempted(plan) + ": " + e.getMessage(), e);
        }
    }

    private static String attempted(ExecPlan plan) {
        return "exec in container " + plan.container();
    }

    private static long left(long deadline) {
        return deadline == Long.MAX_VALUE ? deadline : Math.max(1, deadline - System.nanoTime());
    }

    static void close(java.io.Closeable stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // its process has ended
        }
    }
}
