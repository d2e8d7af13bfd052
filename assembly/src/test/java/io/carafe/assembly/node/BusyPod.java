package io.carafe.assembly.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Await;
import io.carafe.conformance.bench.SpdyClient;
import io.carafe.cri.v1.AttachRequest;
import io.carafe.cri.v1.ContainerState;
import io.carafe.cri.v1.ContainerStatus;
import io.carafe.cri.v1.ExecRequest;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.PortForwardRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A pod of two containers of one handler: {@code count} writes a number a line until it is told to end and then exits with 7,
 * {@code echo} sends back what it is sent at a port. Clients exec into it, attach to it and forward that port, until the daemon dies.
 */
final class BusyPod {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int PORT = 8080;

    /** Stands in the command line of what an exec runs. */
    private final String mark = "exec-" + UUID.randomUUID();

    private final NodeClient client;
    private final String handler;
    private final PodSandboxConfig config;
    private final String pod;
    private final String count;
    private final String echo;

    private BusyPod(NodeClient client, String handler) {
        this.client = client;
        this.handler = handler;
        config = client.pod(NamespaceMode.CONTAINER);
        pod = client.run(config, handler);
        count = client.create(
                pod,
                config,
                "count",
                "i=0; while [ ! -e /shared/" + handler
                        + " ]; do i=$((i+1)); echo $i; usleep 20000; done; echo bye; exit 7");
        echo = client.create(pod, config, "echo", "while :; do nc -l -p " + PORT + " -e cat; done");
        client.start(count);
        client.start(echo);
        client.awaitListening(echo, PORT);
    }

    static BusyPod start(NodeClient client, String handler) {
        return new BusyPod(client, handler);
    }

    String count() {
        return count;
    }

    /** Every kind of stream, each until it breaks; what goes wrong before it does is a failure. */
    List<BrokenStream> open() {
        return List.of(
                BrokenStream.of(handler + " exec", this::exec),
                BrokenStream.of(handler + " attach", this::attach),
                BrokenStream.of(handler + " port-forward", this::forward));
    }

    private void exec(BrokenStream stream) throws IOException {
        var request = ExecRequest.newBuilder()
                .setContainerId(echo)
                .addAllCmd(List.of("sh", "-c", "while :; do echo here; usleep 20000; done", mark))
                .setStdout(true)
                .build();
        try (var spdy =
                SpdyClient.open(client.node().cri().runtime().exec(request).getUrl(), "v4.channel.k8s.io")) {
            spdy.stream("error");
            var output = spdy.stream("stdout");
            spdy.until(output, "here\n");
            stream.flows();
            spdy.all(output);
        }
    }

    private void attach(BrokenStream stream) throws IOException {
        var request =
                AttachRequest.newBuilder().setContainerId(count).setStdout(true).build();
        try (var spdy =
                SpdyClient.open(client.node().cri().runtime().attach(request).getUrl(), "v4.channel.k8s.io")) {
            spdy.stream("error");
            var output = spdy.stream("stdout");
            spdy.until(output, "\n");
            stream.flows();
            List<String> lines = spdy.all(output).lines().toList();
            // the last one may be cut off
            assertThat(lines.stream().limit(Math.max(0, lines.size() - 1)).map(Integer::parseInt))
                    .as("what %s's attached client read", handler)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    private void forward(BrokenStream stream) throws IOException, InterruptedException {
        var request = PortForwardRequest.newBuilder().setPodSandboxId(pod).build();
        try (var forwarded = SpdyEcho.forward(
                client.node().cri().runtime().portForward(request).getUrl(), PORT)) {
            String answer = "";
            for (int i = 0; answer.endsWith(i == 0 ? "" : (i - 1) + "\n"); i++) {
                forwarded.client().send(forwarded.input(), i + "\n");
                answer = forwarded.client().until(forwarded.output(), i + "\n");
                stream.flows();
                Thread.sleep(5);
            }
        }
    }

    /** Lets {@code count} end. */
    void end() throws IOException {
        Files.createFile(client.node().shared().resolve(handler));
    }

    /** Awaits that {@code count} has said its last word, asking its log alone; for a handler whose log the daemon does not write. */
    void awaitLastWord() {
        Await.until(handler + "'s last word", SOON, () -> words().contains("bye"));
    }

    /** What is promised after a restart: exits have their codes, no line of a log is lost, the rest runs on, no exec is left. */
    void assertNothingLost(ContainerStatus echoBefore) {
        assertThat(client.awaitExit(count).getExitCode()).as(handler).isEqualTo(7);
        awaitLastWord();
        List<String> words = words();
        int expected = 1;
        for (String word : words.subList(0, words.size() - 1)) {
            int number = Integer.parseInt(word);
            if (number == expected) {
                expected++;
            } else {
                // a chunk that was written when the daemon died may be there twice, where it is the daemon that writes
                assertThat(number)
                        .as("%s's log after %s of %s", handler, expected - 1, words)
                        .isLessThan(expected);
                assertThat(handler).as("whose log repeats %s", number).isEqualTo("shim");
            }
        }
        assertThat(words.getLast()).isEqualTo("bye");
        assertThat(echoStatus()).as(handler).isEqualTo(echoBefore);
        assertThat(echoStatus().getState()).isEqualTo(ContainerState.CONTAINER_RUNNING);
        Await.until(
                handler + ": processes of execs whose daemon has died",
                SOON,
                this::processes,
                found -> !found.contains(mark));
    }

    ContainerStatus echoStatus() {
        return client.status(echo);
    }

    private String processes() {
        return client.exec(echo, "ps", "-o", "args");
    }

    private List<String> words() {
        return client.words(config, "count");
    }

    Path log() {
        return Path.of(config.getLogDirectory(), "count.log");
    }

    void remove() {
        client.remove(pod);
    }
}
