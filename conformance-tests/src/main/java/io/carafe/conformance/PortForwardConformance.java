package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.SpdyClient;
import io.carafe.conformance.bench.TestPod;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.PortForwardRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** PortForward, by the URL that it answers. */
@Conformance
final class PortForwardConformance {
    private static final String PROTOCOL = "portforward.k8s.io";
    private static final int PORT = 8080;

    @Claim(answers = {"Streaming: port-forward", "PortForwardRequest.pod_sandbox_id", "PortForwardResponse.url"})
    void connectionIsMadeInsideThePod(Bench bench) throws Exception {
        var pod = bench.pod();
        serve(pod);
        try (var client = SpdyClient.open(url(bench, pod), PROTOCOL)) {
            var error = client.stream(headers("error", PORT));
            var data = client.stream(headers("data", PORT));
            client.send(data, "GET / HTTP/1.0\r\n\r\n");
            assertThat(client.all(data)).startsWith("HTTP/1.").endsWith("served\n");
            assertThat(client.all(error)).isEmpty();
        }
    }

    @Claim(answers = {"PortForwardRequest.port"})
    void portThatIsNamedInTheCallCanBeConnectedTo(Bench bench) throws Exception {
        var pod = bench.pod();
        serve(pod);
        var url = bench.runtime()
                .portForward(PortForwardRequest.newBuilder()
                        .setPodSandboxId(pod.id())
                        .addPort(PORT)
                        .build())
                .getUrl();
        try (var client = SpdyClient.open(url, PROTOCOL)) {
            client.stream(headers("error", PORT));
            var data = client.stream(headers("data", PORT));
            client.send(data, "GET / HTTP/1.0\r\n\r\n");
            assertThat(client.all(data)).startsWith("HTTP/1.").endsWith("served\n");
        }
    }

    @Claim(answers = {"Streaming: port-forward in the host's network"})
    void connectionIntoAPodOfTheHostsNetworkIsMadeOnTheHost(Bench bench) throws Exception {
        var pod = bench.pod(config -> {
            config.clearHostname();
            config.getLinuxBuilder()
                    .getSecurityContextBuilder()
                    .getNamespaceOptionsBuilder()
                    .setNetwork(NamespaceMode.NODE);
        });
        try (var server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                var client = SpdyClient.open(url(bench, pod), PROTOCOL)) {
            client.stream(headers("error", server.getLocalPort()));
            var data = client.stream(headers("data", server.getLocalPort()));
            try (Socket accepted = server.accept()) {
                accepted.getOutputStream().write("from the host\n".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(client.all(data)).isEqualTo("from the host\n");
        }
    }

    @Claim(answers = {"PortForward"})
    void portAtWhichNothingListensIsToldOnTheErrorStream(Bench bench) throws IOException {
        var pod = bench.pod();
        try (var client = SpdyClient.open(url(bench, pod), PROTOCOL)) {
            var error = client.stream(headers("error", PORT));
            client.stream(headers("data", PORT));
            assertThat(client.all(error)).contains(String.valueOf(PORT));
        }
    }

    @Claim(answers = {"PortForward"})
    void portForwardToAPodThatDoesNotExistIsRefused(Bench bench) {
        var request = PortForwardRequest.newBuilder().setPodSandboxId("c0ffee".repeat(10));
        Refused.any(() -> bench.runtime().portForward(request.build()));
    }

    /** On the pod's own loopback address, which nobody else can reach. */
    private static void serve(TestPod pod) {
        var container = pod.start(config -> config.clearCommand()
                .addAllCommand(List.of(
                        "sh",
                        "-c",
                        "mkdir -p /tmp/www && echo served > /tmp/www/index.html && exec httpd -f -p 127.0.0.1:" + PORT
                                + " -h /tmp/www")));
        container.sh("until grep -q ':1F90' /proc/net/tcp; do sleep 0.1; done");
    }

    private static Map<String, String> headers(String type, int port) {
        return Map.of("streamtype", type, "port", String.valueOf(port), "requestid", "0");
    }

    private static String url(Bench bench, TestPod pod) {
        return bench.runtime()
                .portForward(PortForwardRequest.newBuilder()
                        .setPodSandboxId(pod.id())
                        .build())
                .getUrl();
    }
}
