package io.carafe.oci.exec;

import io.carafe.domain.fault.DurationText;
import io.carafe.domain.fault.Fault;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.poll.Readiness;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.oci.cli.RuntimeLog;
import io.carafe.oci.conmon.Threads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One command by a bare {@code exec} of the runtime in the foreground, which passes its output and its exit code on.
 *
 * <p>The runtime's own failures come with an exit code too (255 of runc, 1 of crun, 128 of runsc): only if its pid file was written
 * did the command run.
 *
 * @param attempted what is done, on which id; starts the messages of faults
 */
public record CapturedExec(ExecFiles exec, String attempted, Readiness readiness, Threads.Background background) {
    /** For what is left to do when the processes are dead. */
    private static final Duration REAPING = Duration.ofMillis(100);

    /** With crun a child left in the background may hold the streams: what it writes later is not the command's. */
    private static final Duration DRAINING = Duration.ofMillis(200);

    /** What the command left. */
    public record Result(int exitCode, byte[] stdout, byte[] stderr) {}

    /** Starts the runtime, its output going to two FIFOs. */
    public interface Start {
        Process start(Path stdout, Path stderr) throws CommandFailure;
    }

    /** Kills the command and all it has brought about; the runtime's own process ends by that. */
    public interface Kill {
        void kill(Process runtime) throws IOException, CommandFailure, InterruptedException;
    }

    /**
     * Runs it to its end.
     *
     * @param timeout zero for none
     * @param output what is kept; the caller closes it
     * @throws Fault.TimedOut after the timeout; the command was killed
     * @throws Fault.Exhausted if there was no memory for the output; the command has run
     */
    public Result run(Start start, Kill kill, Duration timeout, ExecOutput output)
            throws IOException, CommandFailure, InterruptedException {
        CapturedStream stdout = CapturedStream.make(exec.file(ExecFiles.STDOUT), output.stdout(), readiness);
        CapturedStream stderr;
        try {
            stderr = CapturedStream.make(exec.file(ExecFiles.STDERR), output.stderr(), readiness);
        } catch (LinuxException e) {
            stdout.discard();
            throw e;
        }
        Process process = start(start, stdout, stderr);
        List<Thread> drains = List.of(
                background.start("stdout of " + attempted, stdout::drain),
                background.start("stderr of " + attempted, stderr::drain));
        boolean ended = false;
        try {
            ended = await(process, timeout);
        } finally {
            if (!ended) {
                kill(kill, process);
                drains.forEach(Thread::interrupt);
            }
        }
        if (!ended) {
            throw new Fault.TimedOut(
                    attempted + ": did not end within " + DurationText.of(timeout) + " and was killed");
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
            throw RuntimeFault.ofWords(
                    attempted,
                    words.isEmpty() ? new String(output.stderr().take(), StandardCharsets.UTF_8).strip() : words);
        }
        if (output.isRefused()) {
            throw new Fault.Exhausted(attempted + ": it ran and ended with code " + process.exitValue()
                    + ", but other execs used all memory for output; say less, or try again when they have ended");
        }
        return new Result(
                process.exitValue(), output.stdout().take(), output.stderr().take());
    }

    private static Process start(Start start, CapturedStream stdout, CapturedStream stderr) throws CommandFailure {
        boolean started = false;
        try {
            Process process = start.start(stdout.path(), stderr.path());
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

    private static void kill(Kill kill, Process process) throws IOException, CommandFailure, InterruptedException {
        try {
            kill.kill(process);
        } finally {
            if (!process.waitFor(REAPING.toNanos(), TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
