package io.carafe.ports.tck.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.Signal;
import io.carafe.domain.process.TerminalSize;
import io.carafe.domain.resource.Bytes;
import io.carafe.ports.runtime.ExecPlan;
import io.carafe.ports.runtime.ExecResult;
import io.carafe.ports.runtime.ExecSession;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.RuntimeFeature;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What every {@link io.carafe.ports.runtime.Execs} does. */
public abstract class ExecsTck extends HandlerHarness {
    private static final String FOREVER = "sleep 1000";
    private static final Duration NO_LIMIT = Duration.ZERO;
    private static final Bytes OUTPUT = Bytes.ofMebibytes(1);
    /** Beyond the deadline, on a loaded machine. */
    private static final Duration LATENESS = Duration.ofMillis(700);

    @Test
    void commandRunsToItsEnd() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);

        ExecResult result = execs().run(pod.exec(id, "echo out; echo err >&2; exit 5"), NO_LIMIT, OUTPUT);

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(text(result.stdout())).isEqualTo("out\n");
        assertThat(text(result.stderr())).isEqualTo("err\n");
    }

    @Test
    void commandRunsInTheContainer() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);

        assertThat(text(execs().run(pod.exec(id, "ps"), NO_LIMIT, OUTPUT).stdout()))
                .contains(FOREVER)
                .doesNotContain("java");
    }

    @Test
    void commandWithoutInputReadsTheEnd() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);

        assertThat(execs().run(pod.exec(id, "cat; exit 4"), NO_LIMIT, OUTPUT).exitCode())
                .isEqualTo(4);
    }

    @Test
    void everyExitCodeIsTheCommandsOwn() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);

        for (int code : new int[] {0, 1, 126, 127, 128, 255}) {
            assertThat(execs().run(pod.exec(id, "exit " + code), NO_LIMIT, OUTPUT)
                            .exitCode())
                    .isEqualTo(code);
        }
        assertThat(execs().run(pod.exec(id, "kill -9 $$"), NO_LIMIT, OUTPUT).exitCode())
                .isEqualTo(137);
    }

    @Test
    void commandThatDoesNotExistIsRefusedInTheRuntimesWords() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);

        assertThatThrownBy(() -> execs().run(pod.exec(id, List.of("/no/such"), false), NO_LIMIT, OUTPUT))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("/no/such")
                .hasMessageContaining(id.value());
    }

    @Test
    void outputBeyondTheLimitIsDropped() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);

        ExecResult result = execs().run(
                        pod.exec(id, "dd if=/dev/zero bs=1024 count=1024 2>/dev/null; echo err >&2; exit 3"),
                        NO_LIMIT,
                        new Bytes(1000));

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.stdout()).hasSizeBetween(500, 1000);
        assertThat(text(result.stderr())).isEqualTo("err\n");
    }

    @Test
    void commandThatTakesTooLongIsKilled() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);

        assertTimesOut(pod, id, "sleep 4711");
        assertNoSleeper(pod, id);
    }

    @Test
    void childrenOfACommandThatTakesTooLongAreKilledToo() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);

        assertTimesOut(pod, id, "sleep 4711 & (sleep 4711; true) & wait");
        assertNoSleeper(pod, id);
    }

    @Test
    void childrenThatHaveLeftTheirFamilyAreKilledToo() throws Exception {
        requires(RuntimeFeature.EXEC_KILL_DETACHED);
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);

        assertTimesOut(pod, id, "(setsid sleep 4711 &) ; sleep 4711");
        assertNoSleeper(pod, id);
    }

    @Test
    void childThatHoldsTheStreamsOfAnEndedCommandIsKilledAtTheDeadline() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);
        long start = System.nanoTime();
        try {
            execs().run(pod.exec(id, "(setsid sleep 4711 &); exit 0"), Duration.ofSeconds(1), OUTPUT);
        } catch (Fault.TimedOut e) {
            // either answer is right, late is not
            assertNoSleeper(pod, id);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(Duration.ofSeconds(1).plus(LATENESS));
    }

    @Test
    void timeoutLeavesTheContainersOwnProcessesAlone() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start("(setsid sleep 31337 &); sleep 31337 & " + FOREVER);
        Eventually.isTrue("its own children run", () -> sleepers(pod, id, "sleep 31337") == 2);

        assertTimesOut(pod, id, "sleep 4711");

        assertThat(sleepers(pod, id, "sleep 31337")).isEqualTo(2);
        assertThat(exits.of(id)).isEmpty();
    }

    @Test
    void execInAContainerThatDoesNotRunIsRefused() throws Exception {
        TckPod pod = pod();
        ContainerId created = pod.create(FOREVER);
        ContainerId ended = pod.start("exit 0");
        exits.await(ended);

        for (ContainerId id : List.of(created, ended)) {
            assertThatThrownBy(() -> execs().run(pod.exec(id, "true"), NO_LIMIT, OUTPUT))
                    .isInstanceOf(Fault.WrongState.class)
                    .hasMessageContaining(id.value());
            assertThatThrownBy(() -> execs().open(pod.exec(id, "true"), false).close())
                    .isInstanceOf(Fault.WrongState.class);
        }
    }

    @Test
    void sessionHasItsStreams() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);
        try (ExecSession session = execs().open(pod.exec(id, "read x; echo out $x; echo err $x >&2; exit 8"), true)) {
            session.stdin().write("hello\n".getBytes(StandardCharsets.UTF_8));

            assertThat(ContainerStreamsTck.readLine(session.stdout())).isEqualTo("out hello");
            assertThat(ContainerStreamsTck.readLine(session.stderr())).isEqualTo("err hello");
            assertThat(session.waitFor()).isEqualTo(8);
            assertThat(session.stdout().read()).isEqualTo(-1);
            assertThat(session.stderr().read()).isEqualTo(-1);
        }
    }

    @Test
    void sessionsOutputIsReadableAfterItsEnd() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);
        try (ExecSession session = execs().open(pod.exec(id, "echo early; exit 0"), false)) {
            assertThat(session.waitFor()).isZero();
            assertThat(text(session.stdout().readAllBytes())).isEqualTo("early\n");
        }
    }

    @Test
    void closingTheSessionsInputIsItsEnd() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);
        try (ExecSession session = execs().open(pod.exec(id, "wc -c; exit 2"), true)) {
            session.stdin().write(new byte[100_000]);
            session.stdin().close();

            assertThat(text(session.stdout().readAllBytes()).strip()).isEqualTo("100000");
            assertThat(session.waitFor()).isEqualTo(2);
        }
    }

    @Test
    void muchGoesThroughASessionUnchanged() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);
        byte[] sent = new byte[5 << 20];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 31 + i / 251);
        }
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (ExecSession session = execs().open(pod.exec(id, "cat"), true)) {
            Thread writer = Thread.ofVirtual().start(() -> {
                try (OutputStream stdin = session.stdin()) {
                    stdin.write(sent);
                } catch (Exception e) {
                    failure.set(e);
                }
            });

            byte[] received = session.stdout().readAllBytes();

            writer.join();
            assertThat(failure.get()).isNull();
            assertThat(Arrays.equals(received, sent))
                    .as("%d bytes of %d", received.length, sent.length)
                    .isTrue();
            assertThat(session.waitFor()).isZero();
        }
    }

    @Test
    void slowReaderGetsEverything() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);
        try (ExecSession session =
                execs().open(pod.exec(id, "dd if=/dev/zero bs=1024 count=2048 2>/dev/null; echo done >&2"), false)) {
            // longer than a container would be allowed to stand still
            Thread.sleep(Duration.ofSeconds(4));

            assertThat(session.stdout().readAllBytes()).hasSize(2 << 20);
            assertThat(session.waitFor()).isZero();
        }
    }

    @Test
    void sessionWithATerminalHasOne() throws Exception {
        requires(RuntimeFeature.EXEC_TTY);
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);
        try (ExecSession session = execs().open(
                        pod.exec(
                                id,
                                List.of("sh", "-c", "[ -t 0 ] && echo terminal; while read x; do stty size; done"),
                                true),
                        true)) {
            assertThat(ContainerStreamsTck.readLine(session.stdout())).isEqualTo("terminal");
            session.resize(101, 33);
            Eventually.isTrue("the size has arrived", () -> {
                session.stdin().write("go\n".getBytes(StandardCharsets.UTF_8));
                return ContainerStreamsTck.readLine(session.stdout()).contains("33 101");
            });
        }
    }

    @Test
    void sessionOfACommandThatDoesNotExistIsRefused() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);

        assertThatThrownBy(() -> execs().open(pod.exec(id, List.of("/no/such"), false), false)
                        .close())
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("/no/such");
    }

    @Test
    void closingASessionKillsItsCommand() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);

        execs().open(pod.exec(id, "sleep 4711 & sleep 4711"), true).close();

        assertNoSleeper(pod, id);
        assertThat(exits.of(id)).isEmpty();
    }

    @Test
    void endOfTheContainerEndsItsSessions() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);
        try (ExecSession session = execs().open(pod.exec(id, "sleep 4711"), false)) {
            containers().kill(id, Signal.KILL, KillScope.INIT);

            assertThat(session.waitFor()).isEqualTo(137);
        }
    }

    private void assertTimesOut(TckPod pod, ContainerId id, String shell) {
        Duration timeout = Duration.ofSeconds(1);
        long start = System.nanoTime();

        assertThatThrownBy(() -> execs().run(pod.exec(id, shell), timeout, OUTPUT))
                .isInstanceOf(Fault.TimedOut.class)
                .hasMessageContaining(id.value());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(timeout, timeout.plus(LATENESS));
    }

    private void assertNoSleeper(TckPod pod, ContainerId id) throws Exception {
        assertThat(sleepers(pod, id, "sleep 4711")).isZero();
    }

    private long sleepers(TckPod pod, ContainerId id, String command) throws Exception {
        return text(execs().run(pod.exec(id, List.of("ps"), false), NO_LIMIT, OUTPUT)
                        .stdout())
                .lines()
                .filter(line -> line.endsWith(" " + command))
                .count();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** For handlers that know the size before the command begins; no feature says of one that it does. */
    protected final void assertTerminalHasItsSizeWhenTheCommandBegins() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start("sleep 4711");
        ExecPlan plan = pod.exec(id, List.of("stty", "size"), true);
        var sized = new ExecPlan(plan.container(), plan.process(), Optional.of(new TerminalSize(101, 33)));

        try (ExecSession session = execs().open(sized, true)) {
            assertThat(session.stdout().readAllBytes()).asString().isEqualTo("33 101\r\n");
        }
    }
}
