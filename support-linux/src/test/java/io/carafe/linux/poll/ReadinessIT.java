package io.carafe.linux.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.linux.process.HeldProcess;
import io.carafe.linux.process.ProcessTable;
import io.carafe.linux.process.Signals;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadinessIT {
    private final Readiness readiness = new Readiness();

    @Test
    void manyVirtualThreadsWaitAtOnceAndEachWakesForItsOwn() throws Exception {
        int count = Runtime.getRuntime().availableProcessors() * 8;
        List<Process> processes = new ArrayList<>();
        CountDownLatch ended = new CountDownLatch(count);
        try {
            for (int i = 0; i < count; i++) {
                processes.add(sleeper());
                ProcessIdentity process = identity(processes.getLast());
                Thread.startVirtualThread(() -> awaitEnd(process, ended));
            }
            Signals.send(identity(processes.get(3)), Signal.KILL);
            processes.get(3).waitFor();
            processes.forEach(Process::destroyForcibly);

            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    @Test
    void interruptEndsAWait() throws Exception {
        Process process = sleeper();
        CountDownLatch interrupted = new CountDownLatch(1);
        try (HeldProcess held = HeldProcess.open(identity(process)).orElseThrow()) {
            Thread waiter = Thread.startVirtualThread(() -> {
                try {
                    held.awaitEnd(readiness);
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            });
            waiter.interrupt();
            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void pollingThreadEndsWithTheLastWait() throws Exception {
        Process process = sleeper();
        try (HeldProcess held = HeldProcess.open(identity(process)).orElseThrow()) {
            held.awaitEnd(readiness, Duration.ofMillis(10));
        } finally {
            process.destroyForcibly();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(t -> t.getName().equals("readiness"))) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private void awaitEnd(ProcessIdentity process, CountDownLatch ended) {
        try (HeldProcess held = HeldProcess.open(process).orElseThrow()) {
            held.awaitEnd(readiness);
            if (!ProcessTable.HOST.isAlive(process)) {
                ended.countDown();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Process sleeper() throws IOException {
        return new ProcessBuilder("/bin/sleep", "300").start();
    }

    private static ProcessIdentity identity(Process process) {
        return ProcessTable.HOST.identify(process.pid()).orElseThrow();
    }
}
