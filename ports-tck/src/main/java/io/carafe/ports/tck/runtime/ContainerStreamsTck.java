package io.carafe.ports.tck.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.ports.runtime.AttachedStreams;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.tck.runtime.TckPod.Request;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link io.carafe.ports.runtime.Containers} does with the streams and the log of a container. */
public abstract class ContainerStreamsTck extends HandlerHarness {
    private static final String LINE = "\\S+T\\S+ (stdout|stderr) [FP] .*";

    @Test
    void outputIsInTheLogInCrisFormat() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start("echo one; echo two >&2; printf three");
        exits.await(id);

        assertThat(pod.logText(id).lines()).allMatch(line -> line.matches(LINE));
        assertThat(pod.logText(id))
                .containsPattern("stdout F one\n")
                .containsPattern("stderr F two\n")
                .containsPattern("stdout P three\n");
    }

    @Test
    void outputAfterReopeningIsInTheNewFile() throws Exception {
        requires(RuntimeFeature.ATTACH);
        TckPod pod = pod();
        ContainerId id =
                pod.start(Request.shell("echo before; read x; echo after").withStdin(false));
        Eventually.isTrue("the first line is logged", () -> pod.logText(id).contains("before"));
        Path rotated = directory.resolve("rotated.log");
        Files.move(pod.log(id), rotated);

        containers().reopenLog(id);
        assertThat(pod.log(id)).exists();
        try (AttachedStreams attached = containers().attach(id)) {
            attached.stdin().write('\n');
            exits.await(id);
        }

        assertThat(Files.readString(rotated)).contains("before").doesNotContain("after");
        assertThat(pod.logText(id)).contains("after").doesNotContain("before");
    }

    @Test
    void logThatWasNotMovedIsReopenedToo() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start("while true; do echo tick; sleep 0.05; done");
        Eventually.isTrue("something is logged", () -> pod.logText(id).contains("tick"));

        containers().reopenLog(id);

        String before = pod.logText(id);
        Eventually.isTrue("the log goes on", () -> pod.logText(id).length() > before.length());
        assertThat(pod.logText(id)).startsWith(before);
    }

    @Test
    void nothingIsLostOverManyRotations() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start("i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done; sleep 1000");
        StringBuilder all = new StringBuilder();
        for (int rotation = 0; rotation < 5; rotation++) {
            Path rotated = directory.resolve("rotated." + rotation);
            Files.move(pod.log(id), rotated);
            containers().reopenLog(id);
            all.append(Files.readString(rotated));
        }
        Eventually.isTrue("all is logged", () -> (all + pod.logText(id)).contains("line 1999\n"));

        assertThat(output(all + pod.logText(id)).lines())
                .containsExactlyElementsOf(
                        IntStream.range(0, 2000).mapToObj(i -> "line " + i).toList());
    }

    @Test
    void reopeningTheLogOfAnEndedContainerIsRefused() throws Exception {
        ContainerId id = pod().start("exit 0");
        exits.await(id);
        Eventually.isTrue("nobody writes the log any more", () -> {
            try {
                containers().reopenLog(id);
                return false;
            } catch (Fault.WrongState e) {
                return true;
            }
        });
    }

    @Test
    void processWithoutStdinReadsTheEnd() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start("cat; echo end");
        exits.await(id);

        assertThat(pod.logText(id)).contains("stdout F end");
    }

    @Test
    void attachedClientWritesAndReads() throws Exception {
        requires(RuntimeFeature.ATTACH);
        ContainerId id = pod().start(Request.shell("while read x; do echo out $x; echo err $x >&2; done")
                .withStdin(false));
        try (AttachedStreams attached = containers().attach(id)) {
            attached.stdin().write("hello\n".getBytes(StandardCharsets.UTF_8));

            assertThat(readLine(attached.stdout())).isEqualTo("out hello");
            assertThat(readLine(attached.stderr())).isEqualTo("err hello");
        }
    }

    @Test
    void inputStaysOpenForTheNextClient() throws Exception {
        requires(RuntimeFeature.ATTACH);
        ContainerId id = pod().start(Request.shell("while read x; do echo got $x; done; exit 9")
                .withStdin(false));
        try (AttachedStreams first = containers().attach(id)) {
            first.stdin().write("one\n".getBytes(StandardCharsets.UTF_8));
            assertThat(readLine(first.stdout())).isEqualTo("got one");
            first.stdin().close();
        }
        try (AttachedStreams second = containers().attach(id)) {
            second.stdin().write("two\n".getBytes(StandardCharsets.UTF_8));
            assertThat(readLine(second.stdout())).isEqualTo("got two");
        }
        assertThat(exits.of(id)).isEmpty();
    }

    @Test
    void inputOnceEndsWithTheFirstClient() throws Exception {
        requires(RuntimeFeature.ATTACH);
        ContainerId id = pod().start(Request.shell("cat; exit 9").withStdin(true));
        try (AttachedStreams attached = containers().attach(id)) {
            attached.stdin().write("one\n".getBytes(StandardCharsets.UTF_8));
            assertThat(readLine(attached.stdout())).isEqualTo("one");
            attached.stdin().close();

            assertThat(exits.await(id).code()).isEqualTo(9);
            assertThat(attached.stdout().read()).isEqualTo(-1);
        }
    }

    @Test
    void everyClientGetsAllOutput() throws Exception {
        requires(RuntimeFeature.ATTACH);
        ContainerId id = pod().start(Request.shell("read x; echo to all").withStdin(false));
        try (AttachedStreams first = containers().attach(id);
                AttachedStreams second = containers().attach(id)) {
            first.stdin().write('\n');

            assertThat(readLine(first.stdout())).isEqualTo("to all");
            assertThat(readLine(second.stdout())).isEqualTo("to all");
        }
    }

    @Test
    void clientThatDoesNotReadDoesNotStopTheContainer() throws Exception {
        requires(RuntimeFeature.ATTACH);
        TckPod pod = pod();
        ContainerId id =
                pod.start(Request.shell("read x; dd if=/dev/zero bs=1024 count=4096 2>/dev/null | tr '\\0' x; exit 6")
                        .withStdin(false));
        try (AttachedStreams attached = containers().attach(id)) {
            attached.stdin().write('\n');

            assertThat(exits.await(id).code()).isEqualTo(6);
        }
        assertThat(Files.size(pod.log(id))).isGreaterThan(4L << 20);
    }

    @Test
    void terminalHasTheSizeItIsGiven() throws Exception {
        requires(RuntimeFeature.ATTACH);
        ContainerId id =
                pod().start(Request.shell("while read x; do stty size; done").withTerminal());
        try (AttachedStreams attached = containers().attach(id)) {
            attached.resize(132, 50);
            Eventually.isTrue("the size has arrived", () -> {
                attached.stdin().write("go\n".getBytes(StandardCharsets.UTF_8));
                String line = readLine(attached.stdout());
                return line.contains("50 132");
            });
        }
    }

    @Test
    void attachingToAContainerThatDoesNotRunIsRefused() throws Exception {
        requires(RuntimeFeature.ATTACH);
        TckPod pod = pod();
        ContainerId created = pod.create("exit 0");
        ContainerId ended = pod.start("exit 0");
        exits.await(ended);

        assertThatThrownBy(() -> containers().attach(created)).isInstanceOf(Fault.WrongState.class);
        assertThatThrownBy(() -> containers().attach(ended)).isInstanceOf(Fault.WrongState.class);
    }

    /** What a process wrote, from its log: partial lines are joined. */
    static String output(String log) {
        StringBuilder output = new StringBuilder();
        for (String line : log.lines().toList()) {
            String[] fields = line.split(" ", 4);
            output.append(fields[3]).append(fields[2].equals("F") ? "\n" : "");
        }
        return output.toString();
    }

    static String readLine(InputStream stream) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = stream.read(); b >= 0 && b != '\n'; b = stream.read()) {
            line.append((char) b);
        }
        return line.toString().strip();
    }
}
