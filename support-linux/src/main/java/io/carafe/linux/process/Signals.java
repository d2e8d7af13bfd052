package io.carafe.linux.process;

import static jnr.constants.platform.Errno.ESRCH;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.poll.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import jnr.posix.util.SunMiscSignal;

/**
 * Telling processes to end.
 *
 * <p>Idempotent: a process that has ended is no failure, the answer is false. Concurrency: safe.
 */
public final class Signals {
    private Signals() {}

    /** Sends {@code signal} to exactly this process; false if it has ended. */
    public static boolean send(ProcessIdentity process, Signal signal) {
        Optional<HeldProcess> held = HeldProcess.open(process);
        if (held.isEmpty()) {
            return false;
        }
        try (HeldProcess open = held.get()) {
            return open.send(signal);
        }
    }

    /**
     * Sends {@code signal} to the process group that {@code leader} leads or led; false if the group is empty or its number has passed
     * to a stranger.
     */
    public static boolean sendToGroup(ProcessIdentity leader, Signal signal) {
        // While any member is left the kernel gives the number to nobody, so only a living stranger can be mistaken for
        // it.
        boolean stranger = ProcessTable.HOST
                .stat(leader.pid())
                .filter(stat -> stat.startTime() != leader.startTime())
                .isPresent();
        if (stranger) {
            return false;
        }
        int group = Math.toIntExact(leader.pid());
        if (group <= 1) {
            throw new LinuxException("kill", Errno.EINVAL, "group " + group);
        }
        if (Posix.INSTANCE.kill(-group, signal.number()) == 0) {
            return true;
        }
        int error = Posix.INSTANCE.errno();
        if (error == ESRCH.intValue()) {
            return false;
        }
        throw new LinuxException("kill", error, "group " + group);
    }

    /**
     * From now on {@code action} runs, on a thread of the JVM's, for each such signal to this process, also where the process was
     * started with the signal ignored (nohup(1), a shell's trap), which the JVM alone would respect. Signals that come while the
     * action runs may be one. Not for those that the JVM keeps for itself, such as SEGV.
     */
    public static void handle(Signal signal, Runnable action) {
        var number = jnr.constants.platform.Signal.valueOf(signal.number());
        SunMiscSignal.signal(number, _ -> action.run());
        if (isIgnored(signal)) {
            restoreDefault(signal);
            SunMiscSignal.signal(number, _ -> action.run());
        }
    }

    private static boolean isIgnored(Signal signal) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("SigIgn:".length()).strip(), 16))
                    .anyMatch(mask -> (mask >>> (signal.number() - 1) & 1) == 1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read which signals are ignored", e);
        }
    }

    /** Lets the kernel do with a signal to this process what it does by default: most end it. Whoever handled it hears no more. */
    public static void restoreDefault(Signal signal) {
        // SIG_ERR is -1; SIG_DFL is 0 on all architectures (asm-generic/signal-defs.h)
        if (Kernel.libc().signal(signal.number(), 0) == -1) {
            throw new LinuxException("signal", Kernel.lastError(), signal.toString());
        }
    }

    /**
     * Sends KILL and waits for the end; false if the process has not ended after {@code timeout}, as one in an uninterruptible
     * wait of the kernel does not.
     */
    public static boolean kill(ProcessIdentity process, Readiness readiness, Duration timeout)
            throws InterruptedException {
        Optional<HeldProcess> held = HeldProcess.open(process);
        if (held.isEmpty()) {
            return true;
        }
        try (HeldProcess open = held.get()) {
            return !open.send(Signal.KILL) || open.awaitEnd(readiness, timeout);
        }
    }
}
