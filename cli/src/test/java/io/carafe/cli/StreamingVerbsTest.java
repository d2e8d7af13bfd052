package io.carafe.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.cli.outcome.ExitCode;
import io.carafe.cli.stream.ForwardedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class StreamingVerbsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));

    @TempDir
    private Path logs;

    private final FakeEndpoint endpoint = new FakeEndpoint();
    private final FakeStreams streams = new FakeStreams();
    private Capture capture = new Capture();

    StreamingVerbsTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        streams.close();
        endpoint.close();
    }

    private int carafe(String... args) {
        var all = Stream.concat(Stream.of("--endpoint", endpoint.socket().toString()), Stream.of(args))
                .toArray(String[]::new);
        return new CarafeCommand(capture.console(), Map.of(), CLOCK).execute(all);
    }

    private void background(String name) {
        assertThat(carafe("run", "-d", "--name", name, "--log-dir", logs.toString(), "busybox:1", "wait"))
                .isZero();
        capture = new Capture();
    }

    @Test
    void execWithStdinPassesItOnAndAnswersTheExitCode() {
        background("web");
        endpoint.runtime.streamUrl = streams.url("/exec/1");
        capture.typed("hello");
        assertThat(carafe("exec", "-i", "web", "--", "cat")).isEqualTo(9);
        assertThat(capture.out()).isEqualTo("[error, stderr, stdin, stdout]HELLO");
        assertThat(capture.err()).isEqualTo("err");
    }

    @Test
    void execWithTerminalHasNoStderr() {
        background("web");
        endpoint.runtime.streamUrl = streams.url("/exec/1");
        capture.typed("hello");
        assertThat(carafe("exec", "-it", "web", "sh")).isEqualTo(9);
        assertThat(capture.out()).isEqualTo("[error, resize, stdin, stdout]HELLO");
        assertThat(capture.err()).isEmpty();
    }

    @Test
    void refusedStreamIsToldInTheRuntimesWords() {
        background("web");
        endpoint.runtime.streamUrl = streams.url("/refuse");
        assertThat(carafe("exec", "-i", "web", "cat")).isEqualTo(ExitCode.NOT_RUN);
        assertThat(capture.err()).contains("HTTP/1.1 404 Not Found: no such url");
    }

    @Test
    void attachPassesStdinOn() {
        background("web");
        endpoint.runtime.streamUrl = streams.url("/attach/1");
        capture.typed("hello");
        assertThat(carafe("attach", "-i", "web")).isEqualTo(9);
        assertThat(capture.out()).endsWith("HELLO");
    }

    @Test
    void forwardedPortCarriesBothWaysToTheirEnds() throws Exception {
        var any = InetAddress.getLoopbackAddress();
        URI url = URI.create(streams.url("/portforward/1"));
        try (var port = ForwardedPort.listen(any, 0, 80, () -> url, capture.console())) {
            port.serve();
            String address = port.local();
            int local = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
            for (int i = 0; i < 3; i++) {
                try (var client = new Socket(any, local)) {
                    client.getOutputStream().write("question".getBytes(UTF_8));
                    client.shutdownOutput();
                    assertThat(client.getInputStream().readAllBytes())
                            .asString()
                            .isEqualTo("QUESTION");
                }
            }
        }
        assertThat(capture.err()).isEmpty();
    }

    @Test
    void localPortThatIsTakenIsNamedWithWhatToDo() throws Exception {
        background("web");
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThat(carafe("port-forward", "web", port + ":80")).isEqualTo(ExitCode.FAILED);
            assertThat(capture.err())
                    .endsWith("carafe: cannot listen on 127.0.0.1, port " + port + ": Address already in use;"
                            + " choose another local port, :80 for any that is free, or an --address of this host\n");
        }
    }

    @Test
    void portThatIsNoneIsUsage() {
        background("web");
        assertThat(carafe("port-forward", "web", "70000")).isEqualTo(ExitCode.USAGE);
        assertThat(carafe("port-forward", "web", "x:80")).isEqualTo(ExitCode.USAGE);
        assertThat(carafe("port-forward", "web")).isEqualTo(ExitCode.USAGE);
    }
}
