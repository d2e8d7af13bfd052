package io.carafe.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpdyPortForwardTest {
    private TestNode node;
    private ServerSocket pod;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.start();
        pod = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void everythingIsGivenBack() throws IOException {
        pod.close();
        Eventually.holds(
                "connections closed", () -> node.handler().connections().isEmpty());
        node.close();
    }

    private record Pair(int error, int data) {
        static Pair open(SpdyPeer peer, int port, int request) throws IOException {
            String id = String.valueOf(request);
            int error = peer.stream(Map.of("streamtype", "error", "port", String.valueOf(port), "requestid", id));
            peer.end(error);
            return new Pair(
                    error, peer.stream(Map.of("streamtype", "data", "port", String.valueOf(port), "requestid", id)));
        }
    }

    @Test
    void eachDirectionGoesToItsOwnEnd() throws IOException {
        try (SpdyPeer peer = SpdyPeer.open(node.portForward(), Upgrade.PORT_FORWARD)) {
            Pair pair = Pair.open(peer, pod.getLocalPort(), 0);
            try (Socket accepted = pod.accept()) {
                peer.send(pair.data(), "question");
                peer.end(pair.data());
                assertThat(accepted.getInputStream().readAllBytes()).asString().isEqualTo("question");
                accepted.getOutputStream().write("answer".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(peer.all(pair.data())).isEqualTo("answer");
            assertThat(peer.all(pair.error())).isEmpty();
        }
    }

    @Test
    void clientThatWaitsForUsToEndIsNotKeptWaiting() throws IOException {
        try (SpdyPeer peer = SpdyPeer.open(node.portForward(), Upgrade.PORT_FORWARD)) {
            Pair pair = Pair.open(peer, pod.getLocalPort(), 0);
            try (Socket accepted = pod.accept()) {
                accepted.getOutputStream().write("answer".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(peer.all(pair.error())).isEmpty();
            assertThat(peer.all(pair.data())).isEqualTo("answer");
        }
    }

    @Test
    void manyConnectionsShareOne() throws IOException {
        try (SpdyPeer peer = SpdyPeer.open(node.portForward(), Upgrade.PORT_FORWARD)) {
            for (int i = 0; i < 30; i++) {
                Pair pair = Pair.open(peer, pod.getLocalPort(), i);
                try (Socket accepted = pod.accept()) {
                    accepted.getOutputStream().write(("answer " + i).getBytes(StandardCharsets.UTF_8));
                }
                assertThat(peer.all(pair.data())).isEqualTo("answer " + i);
                peer.end(pair.data());
                assertThat(peer.all(pair.error())).isEmpty();
            }
        }
    }

    @Test
    void connectionsOfOneSessionAreBounded() throws IOException {
        List<Pair> pairs = new ArrayList<>();
        List<Socket> accepted = new ArrayList<>();
        try (SpdyPeer peer = SpdyPeer.open(node.portForward(), Upgrade.PORT_FORWARD)) {
            for (int i = 0; i < Forwards.MOST; i++) {
                pairs.add(Pair.open(peer, pod.getLocalPort(), i));
                accepted.add(pod.accept());
            }
            Pair tooMany = Pair.open(peer, pod.getLocalPort(), Forwards.MOST);
            assertThat(peer.all(tooMany.error()))
                    .contains("forward to port " + pod.getLocalPort())
                    .contains("256 connections open");
            assertThat(peer.all(tooMany.data())).isEmpty();

            accepted.removeFirst().close();
            peer.end(pairs.getFirst().data());
            assertThat(peer.all(pairs.getFirst().error())).isEmpty();
            Pair next = Pair.open(peer, pod.getLocalPort(), Forwards.MOST + 1);
            try (Socket one = pod.accept()) {
                one.getOutputStream().write("answer".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(peer.all(next.data())).isEqualTo("answer");
        } finally {
            for (Socket one : accepted) {
                one.close();
            }
        }
    }

    @Test
    void portAtWhichNothingListensIsToldOnTheErrorStream() throws IOException {
        int port = pod.getLocalPort();
        pod.close();
        try (SpdyPeer peer = SpdyPeer.open(node.portForward(), Upgrade.PORT_FORWARD)) {
            Pair pair = Pair.open(peer, port, 0);
            assertThat(peer.all(pair.error())).contains("nothing listens at " + port);
            assertThat(peer.all(pair.data())).isEmpty();
        }
    }

    @Test
    void portThatWasNotAskedForIsRefused() throws IOException {
        try (SpdyPeer peer = SpdyPeer.open(node.portForward(81), Upgrade.PORT_FORWARD)) {
            Pair pair = Pair.open(peer, pod.getLocalPort(), 0);
            assertThat(peer.all(pair.error())).contains("only [81] were asked for");
        }
    }

    @Test
    void connectionThatTheClientGivesUpIsClosed() throws IOException {
        try (SpdyPeer peer = SpdyPeer.open(node.portForward(), Upgrade.PORT_FORWARD)) {
            Pair pair = Pair.open(peer, pod.getLocalPort(), 0);
            try (Socket accepted = pod.accept()) {
                peer.reset(pair.data());
                assertThat(accepted.getInputStream().read()).isNegative();
            }
            assertThat(peer.all(pair.error())).isEmpty();
        }
    }

    @Test
    void clientThatVanishesClosesItsConnections() throws IOException {
        SpdyPeer peer = SpdyPeer.open(node.portForward(), Upgrade.PORT_FORWARD);
        Pair pair = Pair.open(peer, pod.getLocalPort(), 0);
        try (Socket accepted = pod.accept()) {
            // a socket that is closed with something unread in it is reset, which loses what was sent
            peer.readUntil(() -> peer.isReplied(pair.data()));
            peer.send(pair.data(), "last words");
            peer.close();
            assertThat(accepted.getInputStream().readAllBytes()).asString().isEqualTo("last words");
        }
    }

    @Test
    void streamsWithoutPortOrTypeAreReset() throws IOException {
        try (SpdyPeer peer = SpdyPeer.open(node.portForward(), Upgrade.PORT_FORWARD)) {
            int without = peer.stream(Map.of("streamtype", "data", "requestid", "1"));
            int wrong = peer.stream(Map.of("streamtype", "data", "port", "70000", "requestid", "2"));
            int unknown = peer.stream(Map.of("streamtype", "stdin", "port", "80", "requestid", "3"));
            peer.readUntil(() -> peer.isReset(without) && peer.isReset(wrong) && peer.isReset(unknown));
        }
    }
}
