package io.carafe.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.application.stream.StreamSet;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebSocketTest {
    private static final StreamSet OUTPUT = new StreamSet(false, true, true, false);
    private static final StreamSet INPUT = new StreamSet(true, true, true, false);
    private static final StreamSet TERMINAL = new StreamSet(true, true, false, true);

    private TestNode node;

    @BeforeEach
    void start() throws InterruptedException {
        node = TestNode.start();
    }

    @AfterEach
    void everythingIsGivenBack() {
        Eventually.holds("sessions closed", () -> node.handler().running().isEmpty());
        Eventually.holds(
                "connections closed", () -> node.handler().connections().isEmpty());
        node.close();
    }

    @Test
    void outputComesOnItsChannelsAndTheExitCodeAsStatus() throws Exception {
        try (WebSocketPeer peer =
                WebSocketPeer.open(node.exec(OUTPUT, "say", "out", "err", "42"), Upgrade.V5, Upgrade.V4)) {
            assertThat(peer.protocol()).isEqualTo(Upgrade.V5);
            assertThat(peer.awaitClose()).isEqualTo(1000);
            assertThat(peer.text(1)).isEqualTo("out");
            assertThat(peer.text(2)).isEqualTo("err");
            assertThat(peer.text(3)).contains("NonZeroExitCode", "\"message\":\"42\"");
        }
    }

    @Test
    void olderProtocolIsSpokenToo() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.open(node.exec(OUTPUT, "say", "out", "", "0"), Upgrade.V4)) {
            assertThat(peer.protocol()).isEqualTo(Upgrade.V4);
            assertThat(peer.awaitClose()).isEqualTo(1000);
            assertThat(peer.text(1)).isEqualTo("out");
            assertThat(peer.text(3)).contains("Success");
        }
    }

    @Test
    void inputCanBeEndedAndMessagesMayComeInPieces() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.open(node.exec(INPUT, "cat"), Upgrade.V5)) {
            peer.send(0, "one ".getBytes(StandardCharsets.UTF_8), false);
            peer.more("two ".getBytes(StandardCharsets.UTF_8), false);
            peer.more("three".getBytes(StandardCharsets.UTF_8), true);
            peer.end(0);
            assertThat(peer.awaitClose()).isEqualTo(1000);
            assertThat(peer.text(1)).isEqualTo("one two three");
        }
    }

    @Test
    void muchGoesBothWaysUnchanged() throws Exception {
        byte[] much = new byte[8 << 20];
        new Random(8).nextBytes(much);
        try (WebSocketPeer peer = WebSocketPeer.open(node.exec(INPUT, "cat"), Upgrade.V5)) {
            for (int at = 0; at < much.length; at += 1 << 16) {
                peer.send(0, Arrays.copyOfRange(much, at, at + (1 << 16)), true);
            }
            peer.end(0);
            assertThat(peer.awaitClose()).isEqualTo(1000);
            assertThat(peer.bytes(1)).isEqualTo(much);
        }
    }

    @Test
    void terminalIsResized() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.open(node.exec(TERMINAL, "sizes"), Upgrade.V5)) {
            peer.send(4, "{\"Width\":101,\"Height\":33}");
            Eventually.holds("size", () -> peer.text(1).equals("101x33\n"));
            peer.end(0);
            assertThat(peer.awaitClose()).isEqualTo(1000);
        }
    }

    @Test
    void clientThatVanishesTakesTheCommandWithIt() {
        try (WebSocketPeer peer = WebSocketPeer.open(node.exec(INPUT, "sleep"), Upgrade.V5)) {
            Eventually.holds("running", () -> node.handler().running().size() == 1);
            peer.abort();
            Eventually.holds("gone", () -> node.handler().running().isEmpty());
        }
    }

    @Test
    void frameThatIsTooLargeEndsTheConnection() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.open(node.exec(INPUT, "cat"), Upgrade.V5)) {
            peer.sendAnyway(0, new byte[2 << 20]);
            assertThat(peer.awaitClose()).isIn(0, 1009);
        }
    }

    @Test
    void attachedClientReadsAndWrites() {
        try (WebSocketPeer peer = WebSocketPeer.open(node.attach(INPUT), Upgrade.V5)) {
            peer.send(0, "hello");
            Eventually.holds("echo", () -> peer.text(1).equals("hello"));
        }
    }

    @Test
    void portForwardBeginsWithThePortAndCarriesBothWays() throws Exception {
        try (ServerSocket pod = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                WebSocketPeer peer = WebSocketPeer.open(node.portForward(pod.getLocalPort()), Upgrade.V4)) {
            byte[] port = {(byte) pod.getLocalPort(), (byte) (pod.getLocalPort() >> 8)};
            peer.send(0, "question");
            try (Socket accepted = pod.accept()) {
                assertThat(accepted.getInputStream().readNBytes(8)).asString().isEqualTo("question");
                accepted.getOutputStream().write("answer".getBytes(StandardCharsets.UTF_8));
                Eventually.holds("answer", () -> peer.bytes(0).length == 8);
            }
            assertThat(peer.bytes(0)).startsWith(port).endsWith("answer".getBytes(StandardCharsets.UTF_8));
            assertThat(peer.bytes(1)).isEqualTo(port);
        }
    }

    @Test
    void portForwardWithoutAPortIsRefused() throws Exception {
        RawHttp answer = RawHttp.send(
                node.portForward(),
                "GET",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Protocol: v4.channel.k8s.io");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("which port is meant?");
    }
}
