package io.carafe.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.linux.poll.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignalsIT {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Readiness readiness = new Readiness();
    private final String mark = "mark-" + UUID.randomUUID();
    private Process process;
    private ProcessIdentity identity;

    @BeforeEach
    void start() throws IOException {
        // a shell that leads a group of its own and has a child in it
        process = new ProcessBuilder("/usr/bin/setsid", "/bin/sh", "-c", "sleep 300 & echo $!; wait", mark).start();
        readChild();
        identity = ProcessTable.HOST.identify(process.pid()).orElseThrow();
    }

    private long child;

    private void readChild() throws IOException {
        child = Long.parseLong(process.inputReader().readLine());
        // between its fork and its exec the child has the shell's command line, and so the mark
        Path name = Path.of("/proc/" + child + "/comm");
        while (!Files.readString(name).strip().equals("sleep")) {
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        process.destroyForcibly().waitFor();
        ProcessTable.HOST.identify(child).ifPresent(left -> Signals.send(left, Signal.KILL));
    }

    @Test
    void signalReachesTheProcess() throws InterruptedException {
        assertThat(Signals.send(identity, Signal.TERM)).isTrue();
        assertThat(process.waitFor()).isEqualTo(128 + 15);
    }

    @Test
    void signalToAnEarlierOwnerOfThePidIsNotSent() {
        ProcessIdentity earlier = new ProcessIdentity(identity.pid(), identity.startTime() - 1);

        assertThat(Signals.send(earlier, Signal.KILL)).isFalse();
        assertThat(Signals.sendToGroup(earlier, Signal.KILL)).isFalse();
        assertThat(ProcessTable.HOST.isAlive(earlier)).isFalse();
        assertThat(ProcessTable.HOST.isAlive(identity)).isTrue();
    }

    @Test
    void killWaitsForTheEndAndIsIdempotent() throws InterruptedException {
        assertThat(Signals.kill(identity, readiness, LONG)).isTrue();
        assertThat(ProcessTable.HOST.isAlive(identity)).isFalse();
        assertThat(Signals.kill(identity, readiness, LONG)).isTrue();
        assertThat(Signals.send(identity, Signal.KILL)).isFalse();
    }

    @Test
    void signalToTheGroupReachesItsChildren() throws InterruptedException {
        ProcessIdentity inGroup = ProcessTable.HOST.identify(child).orElseThrow();
        try (HeldProcess held = HeldProcess.open(inGroup).orElseThrow()) {
            assertThat(Signals.sendToGroup(identity, Signal.KILL)).isTrue();
            assertThat(held.awaitEnd(readiness, LONG)).isTrue();
        }
        process.waitFor();
    }

    @Test
    void signalToAGroupThatIsGoneIsNoFailure() throws InterruptedException {
        Signals.sendToGroup(identity, Signal.KILL);
        process.waitFor();
        ProcessTable.HOST.identify(child).ifPresent(left -> {
            try {
                Signals.kill(left, readiness, LONG);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (Signals.sendToGroup(identity, Signal.KILL)) {
            // the child is a zombie until whoever inherited it looks
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void waitForALivingProcessTimesOut() throws InterruptedException {
        try (HeldProcess held = HeldProcess.open(identity).orElseThrow()) {
            assertThat(held.awaitEnd(readiness, Duration.ofMillis(20))).isFalse();
        }
    }

    @Test
    void processIsFoundByAnArgument() {
        assertThat(ProcessTable.HOST.withArgument(mark)).containsExactly(identity);
        assertThat(ProcessTable.HOST.withArgument(mark.substring(1))).isEmpty();
    }

    @Test
    void signalToThisProcessIsHandled() throws InterruptedException {
        Signal harmless = Signal.parse("WINCH");
        var heard = new CountDownLatch(1);
        try {
            Signals.handle(harmless, heard::countDown);
            Signals.send(
                    ProcessTable.HOST.identify(ProcessHandle.current().pid()).orElseThrow(), harmless);

            assertThat(heard.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            Signals.restoreDefault(harmless);
        }
    }

    @Test
    void hostIdsOfRoot() {
        assertThat(HostIds.user("root")).hasValue(0);
        assertThat(HostIds.group("root")).hasValue(0);
        assertThat(HostIds.group("no-such-group-here")).isEmpty();
    }
}
