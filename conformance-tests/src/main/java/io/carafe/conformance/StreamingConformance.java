package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.SpdyClient;
import io.carafe.conformance.bench.TestContainer;
import io.carafe.cri.v1.AttachRequest;
import io.carafe.cri.v1.ExecRequest;
import io.grpc.Status;
import java.io.IOException;
import java.util.List;

/** Exec and Attach, by the URLs that they answer. */
@Conformance
final class StreamingConformance {
    static final String PROTOCOL = "v4.channel.k8s.io";
    private static final String EXIT_3 = "\"message\":\"3\"";

    @Claim(
            answers = {
                "Streaming: exec without a terminal",
                "Multiple Containers: exec",
                "ExecRequest.container_id",
                "ExecRequest.cmd",
                "ExecRequest.stdout",
                "ExecRequest.stderr",
                "ExecResponse.url"
            })
    void outputOfAnExecComesOnItsStreamsAndTheExitCodeAtItsEnd(Bench bench) throws IOException {
        var url = exec(bench.pod().start(), "echo out; echo err >&2; exit 3")
                .setStdout(true)
                .setStderr(true);
        try (var client = SpdyClient.open(url(bench, url), PROTOCOL)) {
            var error = client.stream("error");
            var stdout = client.stream("stdout");
            var stderr = client.stream("stderr");
            assertThat(client.all(error)).contains("NonZeroExitCode", EXIT_3);
            assertThat(client.all(stdout)).isEqualTo("out\n");
            assertThat(client.all(stderr)).isEqualTo("err\n");
        }
    }

    @Claim(answers = {"ExecRequest.stdin"})
    void endOfTheInputOfAnExecReachesItsCommand(Bench bench) throws IOException {
        var request = exec(bench.pod().start(), "cat; echo end").setStdin(true).setStdout(true);
        try (var client = SpdyClient.open(url(bench, request), PROTOCOL)) {
            var error = client.stream("error");
            var stdin = client.stream("stdin");
            var stdout = client.stream("stdout");
            client.send(stdin, "hello\n");
            client.end(stdin);
            assertThat(client.all(error)).contains("Success");
            assertThat(client.all(stdout)).isEqualTo("hello\nend\n");
        }
    }

    @Claim(answers = {"Streaming: exec with terminal and stdin", "ExecRequest.tty"})
    void execWithATerminalHasOneOfTheSizeItIsGiven(Bench bench) throws IOException {
        // the size may come a moment after the command has begun
        var script = "read line; until stty size 2>/dev/null | grep '33 101'; do sleep 0.1; done; echo got $line";
        var request =
                exec(bench.pod().start(), script).setStdin(true).setStdout(true).setTty(true);
        try (var client = SpdyClient.open(url(bench, request), PROTOCOL)) {
            var error = client.stream("error");
            var stdin = client.stream("stdin");
            var stdout = client.stream("stdout");
            var resize = client.stream("resize");
            client.send(resize, "{\"Width\":101,\"Height\":33}");
            client.send(stdin, "typed\n");
            assertThat(client.all(error)).contains("Success");
            assertThat(client.all(stdout)).isEqualTo("typed\r\n33 101\r\ngot typed\r\n");
        }
    }

    @Claim(
            answers = {"Exec"},
            quote = "url = 1: Fully qualified URL of the exec streaming server.")
    void urlIsGoodOnce(Bench bench) throws IOException {
        var url = url(bench, exec(bench.pod().start(), "true").setStdout(true));
        try (var client = SpdyClient.open(url, PROTOCOL)) {
            var error = client.stream("error");
            client.stream("stdout");
            assertThat(client.all(error)).contains("Success");
        }
        assertThat(SpdyClient.status(url, PROTOCOL)).isEqualTo(404);
    }

    @Claim(
            answers = {"Exec"},
            quote = "One of `stdin`, `stdout`, and `stderr` MUST be true.")
    void execWithoutStreamsIsRefused(Bench bench) {
        var request = exec(bench.pod().start(), "true");
        Refused.with(List.of(Status.Code.INVALID_ARGUMENT, Status.Code.UNKNOWN), () -> url(bench, request));
    }

    @Claim(
            answers = {"Exec"},
            quote = "If `tty` is true, `stderr` MUST be false.")
    void execWithTerminalAndStderrIsRefused(Bench bench) {
        var request =
                exec(bench.pod().start(), "true").setTty(true).setStdout(true).setStderr(true);
        Refused.with(List.of(Status.Code.INVALID_ARGUMENT, Status.Code.UNKNOWN), () -> url(bench, request));
    }

    @Claim(answers = {"Exec"})
    void execInAContainerThatDoesNotExistIsRefused(Bench bench) {
        var request = ExecRequest.newBuilder()
                .setContainerId("c0ffee".repeat(10))
                .addCmd("true")
                .setStdout(true);
        Refused.any(() -> url(bench, request));
    }

    @Claim(
            answers = {
                "Streaming: attach",
                "AttachRequest.container_id",
                "AttachRequest.stdin",
                "AttachRequest.stdout",
                "AttachRequest.stderr",
                "AttachResponse.url"
            })
    void attachedClientReadsAndWrites(Bench bench) throws IOException {
        var container = bench.pod()
                .start(config -> config.clearCommand()
                        .addAllCommand(shell("while read line; do echo got $line; echo bad $line >&2; done"))
                        .setStdin(true)
                        .setStdinOnce(true));
        var url = bench.runtime()
                .attach(AttachRequest.newBuilder()
                        .setContainerId(container.id())
                        .setStdin(true)
                        .setStdout(true)
                        .setStderr(true)
                        .build())
                .getUrl();
        try (var client = SpdyClient.open(url, PROTOCOL)) {
            client.stream("error");
            var stdin = client.stream("stdin");
            var stdout = client.stream("stdout");
            var stderr = client.stream("stderr");
            client.send(stdin, "hello\n");
            assertThat(client.until(stdout, "\n")).isEqualTo("got hello\n");
            assertThat(client.until(stderr, "\n")).isEqualTo("bad hello\n");
            client.end(stdin);
            assertThat(client.all(stdout)).isEqualTo("got hello\n");
        }
        assertThat(container.awaitExit().getExitCode()).isZero();
    }

    @Claim(answers = {"AttachRequest.tty"})
    void attachedTerminalEchoesWhatIsTyped(Bench bench) throws IOException {
        var container = bench.pod()
                .start(config -> config.clearCommand()
                        .addAllCommand(shell("read line; echo got $line"))
                        .setStdin(true)
                        .setTty(true));
        var url = bench.runtime()
                .attach(AttachRequest.newBuilder()
                        .setContainerId(container.id())
                        .setStdin(true)
                        .setStdout(true)
                        .setTty(true)
                        .build())
                .getUrl();
        try (var client = SpdyClient.open(url, PROTOCOL)) {
            client.stream("error");
            var stdin = client.stream("stdin");
            var stdout = client.stream("stdout");
            client.stream("resize");
            client.send(stdin, "hello\n");
            assertThat(client.until(stdout, "got hello\r\n")).contains("got hello\r\n");
        }
    }

    @Claim(answers = {"Attach"})
    void attachingToAContainerThatHasEndedIsRefused(Bench bench) {
        var container = bench.pod().script("true");
        var _ = container.awaitExit();
        var request = AttachRequest.newBuilder().setContainerId(container.id()).setStdout(true);
        Refused.any(() -> bench.runtime().attach(request.build()));
    }

    static ExecRequest.Builder exec(TestContainer container, String script) {
        return ExecRequest.newBuilder().setContainerId(container.id()).addAllCmd(shell(script));
    }

    private static List<String> shell(String script) {
        return List.of("sh", "-c", script);
    }

    static String url(Bench bench, ExecRequest.Builder request) {
        return bench.runtime().exec(request.build()).getUrl();
    }
}
