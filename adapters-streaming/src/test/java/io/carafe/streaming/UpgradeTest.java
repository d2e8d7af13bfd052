package io.carafe.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.stream.StreamSet;
import io.carafe.domain.fault.Fault;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpgradeTest {
    private static final StreamSet OUTPUT = new StreamSet(false, true, true, false);
    private static final String[] SPDY = {
        "Connection: Upgrade", "Upgrade: SPDY/3.1", "X-Stream-Protocol-Version: v5.channel.k8s.io, v4.channel.k8s.io"
    };

    private TestNode node;

    @BeforeEach
    void start() throws InterruptedException {
        node = TestNode.start();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void urlIsOnLoopbackAndNamesTheStream() {
        assertThat(node.exec(OUTPUT, "sleep").toString()).matches("http://127\\.0\\.0\\.1:\\d+/exec/[0-9a-f]{64}");
        assertThat(node.attach(OUTPUT).getPath()).startsWith("/attach/");
        assertThat(node.portForward().getPath()).startsWith("/portforward/");
    }

    @Test
    void protocolThatBothSpeakIsChosen() throws IOException {
        RawHttp answer = RawHttp.send(node.exec(OUTPUT, "sleep"), "POST", SPDY);
        try (var _ = answer.socket()) {
            assertThat(answer.head().toLowerCase(java.util.Locale.ROOT))
                    .startsWith("http/1.1 101 ")
                    .contains("upgrade: spdy/3.1", "x-stream-protocol-version: v4.channel.k8s.io");
        }
    }

    @Test
    void urlIsGoodOnce() throws IOException {
        URI url = node.exec(OUTPUT, "sleep");
        try (var first = RawHttp.send(url, "POST", SPDY).socket()) {
            assertThat(first.isConnected()).isTrue();
            assertRefused(url, 404, "there is no stream for this URL: each is good once");
        }
    }

    @Test
    void urlExpires() throws IOException {
        URI url = node.exec(OUTPUT, "sleep");
        node.pass(TestNode.TICKET_LIFETIME);
        assertRefused(url, 404, "there is no stream for this URL");
    }

    @Test
    void urlOfOneKindIsNoneOfAnother() throws IOException {
        URI url = node.exec(OUTPUT, "sleep");
        assertRefused(URI.create(url.toString().replace("/exec/", "/attach/")), 404, "there is no stream for this URL");
    }

    @Test
    void unknownTokenAndUnknownPathAreNotFound() throws IOException {
        URI url = node.exec(OUTPUT, "sleep");
        assertRefused(url.resolve("/exec/0123"), 404, "there is no stream for this URL");
        assertRefused(url.resolve("/"), 404, "there is nothing at this path");
        assertRefused(url.resolve("/exec"), 404, "there is nothing at this path");
        assertRefused(url.resolve("/containers/json"), 404, "there is nothing at this path");
    }

    @Test
    void requestWithoutUpgradeIsRefusedAndKeepsTheUrl() throws IOException {
        URI url = node.exec(OUTPUT, "say", "x", "", "0");
        RawHttp answer = RawHttp.send(url, "GET");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("a stream needs 'Connection: Upgrade'");
        answer = RawHttp.send(url, "POST", "Connection: Upgrade", "Upgrade: h2c");
        assertThat(answer.status()).isEqualTo(400);
        try (var socket = RawHttp.send(url, "POST", SPDY).socket()) {
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @Test
    void protocolThatNobodySpeaksHereIsRefusedWithThoseThatAreSpoken() throws IOException {
        RawHttp answer = RawHttp.send(
                node.exec(OUTPUT, "sleep"),
                "POST",
                "Connection: Upgrade",
                "Upgrade: SPDY/3.1",
                "X-Stream-Protocol-Version: channel.k8s.io");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.head()).containsIgnoringCase("X-Accepted-Stream-Protocol-Versions: v4.channel.k8s.io");
        assertThat(answer.body()).contains("none of the stream protocols [channel.k8s.io] is spoken here");
    }

    @Test
    void noHttpIsRefused() throws IOException {
        URI url = node.exec(OUTPUT, "sleep");
        try (var socket = new java.net.Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("\u0016\u0003\u0001 hello\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void numberInFlightIsBoundedAndGivenBack() throws IOException {
        for (int i = 0; i < TestNode.MOST_IN_FLIGHT - 1; i++) {
            node.exec(OUTPUT, "sleep");
        }
        SpdyPeer open = SpdyPeer.open(node.exec(OUTPUT, "sleep"), Upgrade.V4);
        open.stream("error");
        open.stream("stdout");
        open.stream("stderr");
        assertThatThrownBy(() -> node.exec(OUTPUT, "sleep"))
                .isInstanceOf(Fault.Exhausted.class)
                .hasMessageContaining("1 streams are open and 2 are about to be, and 3 is the most");
        open.close();
        node.pass(TestNode.TICKET_LIFETIME);
        Eventually.holds("session closed", () -> node.handler().running().isEmpty());
        for (int i = 0; i < TestNode.MOST_IN_FLIGHT - 1; i++) {
            node.exec(OUTPUT, "sleep");
        }
        Eventually.holds("place given back", () -> {
            try {
                node.exec(OUTPUT, "sleep");
                return true;
            } catch (Fault.Exhausted e) {
                return false;
            }
        });
    }

    private static void assertRefused(URI url, int status, String sentence) throws IOException {
        RawHttp answer = RawHttp.send(url, "POST", SPDY);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains(sentence);
    }
}
