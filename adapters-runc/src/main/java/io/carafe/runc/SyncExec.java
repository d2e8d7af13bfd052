package io.carafe.runc;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.resource.Bytes;
import io.carafe.linux.process.ProcessTable;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.RuntimeLog;
import io.carafe.ports.runtime.ExecResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One command by a bare {@code runc exec} in the foreground, which passes its output and its exit code on.
 *
 * <p>The runtime's own failures come with an exit code too (255, or 1 of crun): only if its pid file was written did the command run.
 */
record SyncExec(RuncTools tools, MonitoredContainer container, ExecFiles exec, String attempted) {
    /** For what is left to do when the processes are dead. */
    private static final Duration REAPING = Duration.ofMillis(100);

    /** With crun a child left in the background may hold the streams: what it writes later is not the command's. */
    private static final Duration DRAINING = Duration.ofMillis(200);

    /** Runs it; {@code timeout} zero for none. */
    ExecResult run(Duration timeout, Bytes outputLimit) throws IOException, CommandFailure, InterruptedException {
        try (ExecOutput output = new ExecOutput(outputLimit, tools.output())) {
            return run(timeout, output);
        }
    }

    private ExecResult run(Duration timeout, ExecOutput output)
            throws IOException, CommandFailure, InterruptedException {
        CapturedStream stdout = new CapturedStream(exec.file(ExecFiles.STDOUT), output.stdout(), tools.readiness());
        CapturedStream stderr = new CapturedStream(exec.file(ExecFiles.STDERR), output.stderr(), tools.readiness());
        Process process = start(stdout, stderr);
        List<Thread> drains = List.of(
                tools.tasks().background("stdout of " + attempted, stdout::drain),
                tools.tasks().background("stderr of " + attempted, stderr::drain));
        boolean ended = false;
        try {
            ended = await(process, timeout);
        } finally {
            if (!ended) {
                kill(process);
                drains.forEach(Thread::interrupt);
            }
        }
        if (!ended) {
            throw new Fault.TimedOut(attempted + ": did not end within " + timeout + " and was killed");
        }
        for (Thread drain : drains) {
            boolean drained = drain.join(DRAINING);
            while (!drained && output.isWaiting()) {
                drained = drain.join(DRAINING);
            }
            if (!drained) {
                drain.interrupt();
            }
        }
        if (!exec.hasRun()) {
            String words = new RuntimeLog(exec.files().runtimeLog()).lastError();
            throw RuncFault.ofWords(
                    attempted,
                    words.isEmpty() ? new String(output.stderr().take(), StandardCharsets.UTF_8).strip() : words);
        }
        if (output.isRefused()) {
            throw new Fault.Exhausted(attempted + ": it ran and ended with code " + process.exitValue()
                    + ", but other execs used all memory for output; say less, or try again when they have ended");
        }
        return new ExecResult(
                process.exitValue(), output.stdout().take(), output.stderr().take());
    }

    private Process start(CapturedStream stdout, CapturedStream stderr) throws CommandFailure {
        boolean started = false;
        try {
            Process process = tools.cli()
                    .exec(
                            container.id(),
                            exec.process(),
                            exec.files().pidFile(),
                            exec.files().runtimeLog(),
                            stdout.path(),
                            stderr.path());
            started = true;
            return process;
        } finally {
            if (!started) {
                stdout.discard();
                stderr.discard();
            }
        }
    }

    private static boolean await(Process process, Duration timeout) throws InterruptedException {
        if (timeout.isZero()) {
            process.waitFor();
            return true;
        }
        return process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void kill(Process process) throws IOException, InterruptedException {
        Optional<ProcessIdentity> runtime = ProcessTable.HOST.identify(process.pid());
        if (runtime.isPresent()) {
            ExecProcesses.of(tools, container, exec, runtime.get()).kill();
        }
        if (!process.waitFor(REAPING.toNanos(), TimeUnit.NANOSECONDS)) {
            process.destroyForcibly();
        }
    }
}
