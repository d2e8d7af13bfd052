package io.carafe.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.application.stream.StreamSet;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpdyExecTest {
    private static final StreamSet OUTPUT = new StreamSet(false, true, true, false);
    private static final StreamSet INPUT = new StreamSet(true, true, true, false);
    private static final StreamSet TERMINAL = new StreamSet(true, true, false, true);

    /** In the daemon and in the buffers of both sockets. */
    private static final int MORE_THAN_FITS = 64 << 20;

    private TestNode node;

    @BeforeEach
    void start() throws InterruptedException {
        node = TestNode.start();
    }

    @AfterEach
    void everythingIsGivenBack() {
        Eventually.holds("sessions closed", () -> node.handler().running().isEmpty());
        node.close();
    }

    @Test
    void outputComesOnItsStreamsAndTheExitCodeAsStatus() throws IOException {
        try (SpdyPeer peer = SpdyPeer.open(node.exec(OUTPUT, "say", "out", "err", "3"), Upgrade.V4)) {
            int error = peer.stream("error");
            int stdout = peer.stream("stdout");
            int stderr = peer.stream("stderr");
            assertThat(peer.all(stdout)).isEqualTo("out");
            assertThat(peer.all(stderr)).isEqualTo("err");
            assertThat(peer.all(error))
                    .contains("\"status\":\"Failure\"", "\"reason\":\"NonZeroExitCode\"", "\"message\":\"3\"");
            assertThat(peer.isReplied(stdout)).isTrue();
        }
    }

    @Test
    void successIsToldToo() throws IOException {
        try (SpdyPeer peer = SpdyPeer.open(node.exec(OUTPUT, "say", "", "", "0"), Upgrade.V4)) {
            int error = peer.stream("error");
            peer.stream("stderr");
            peer.stream("stdout");
            assertThat(peer.all(error)).isEqualTo("{\"metadata\":{},\"status\":\"Success\"}");
        }
    }

    @Test
    void endOfInputEndsTheCommand() throws IOException {
        assertThatCatWorks();
    }

    private void assertThatCatWorks() throws IOException {
        try (SpdyPeer peer = SpdyPeer.open(node.exec(INPUT, "cat"), Upgrade.V4)) {
            Streams4 streams = Streams4.open(peer);
            peer.send(streams.stdin(), "to and ");
            peer.send(streams.stdin(), "fro");
            peer.end(streams.stdin());
            assertThat(peer.all(streams.stdout())).isEqualTo("to and fro");
            assertThat(peer.all(streams.error())).contains("Success");
        }
    }

    @Test
    void muchGoesBothWaysUnchanged() throws Exception {
        byte[] much = new byte[8 << 20];
        new Random(7).nextBytes(much);
        try (SpdyPeer peer = SpdyPeer.open(node.exec(INPUT, "cat"), Upgrade.V4)) {
            Streams4 streams = Streams4.open(peer);
            peer.readUntil(() -> peer.isReplied(streams.stdin()));
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    for (int at = 0; at < much.length; at += 1 << 15) {
                        peer.send(streams.stdin(), Arrays.copyOfRange(much, at, at + (1 << 15)));
                    }
                    peer.end(streams.stdin());
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            peer.readUntil(() -> peer.isEnded(streams.stdout()));
            writer.join();
            assertThat(peer.bytes(streams.stdout())).isEqualTo(much);
        }
    }

    @Test
    void terminalIsResized() throws IOException {
        try (SpdyPeer peer = SpdyPeer.open(node.exec(TERMINAL, "sizes"), Upgrade.V4)) {
            peer.stream("error");
            int stdin = peer.stream("stdin");
            int stdout = peer.stream("stdout");
            int resize = peer.stream("resize");
            peer.send(resize, "{\"Width\":80,\"Height\":24}\n{\"Width\":101,");
            peer.readUntil(() -> peer.soFar(stdout).equals("80x24\n"));
            peer.send(resize, "\"Height\":33}");
            peer.readUntil(() -> peer.soFar(stdout).equals("80x24\n101x33\n"));
            peer.end(stdin);
            assertThat(peer.all(stdout)).isEqualTo("80x24\n101x33\n");
        }
    }

    @Test
    void commandThatCannotBeRunIsToldAsAFailure() throws IOException {
        try (SpdyPeer peer = SpdyPeer.open(node.exec(OUTPUT, "missing"), Upgrade.V4)) {
            int error = peer.stream("error");
            peer.stream("stdout");
            peer.stream("stderr");
            assertThat(peer.all(error)).contains("InternalError", "exec [missing]: no such file");
        }
    }

    @Test
    void clientThatVanishesTakesTheCommandWithIt() throws IOException {
        SpdyPeer peer = SpdyPeer.open(node.exec(OUTPUT, "sleep"), Upgrade.V4);
        int stdout = peer.stream("stdout");
        peer.stream("error");
        peer.stream("stderr");
        peer.readUntil(() -> peer.isReplied(stdout));
        Eventually.holds("running", () -> node.handler().running().size() == 1);
        peer.close();
        // the rest is looked at after each test
    }

    @Test
    void clientThatVanishesWhileItsCommandIsStartedTakesItWithIt() throws IOException {
        SpdyPeer peer = SpdyPeer.open(node.exec(OUTPUT, "slow"), Upgrade.V4);
        peer.stream("error");
        peer.stream("stdout");
        peer.stream("stderr");
        Eventually.holds("being started", () -> node.handler().running().size() == 1);
        peer.close();
        node.handler().go();
        // that it is gone is looked at after each test
    }

    @Test
    void fromAClientWhoseInputNobodyReadsLittleIsTaken() throws Exception {
        SpdyPeer peer = SpdyPeer.open(node.exec(INPUT, "deaf"), Upgrade.V4);
        Streams4 streams = Streams4.open(peer);
        peer.readUntil(() -> peer.isReplied(streams.stderr()));
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                for (int sent = 0; sent < MORE_THAN_FITS; sent += 1 << 15) {
                    peer.send(streams.stdin(), new byte[1 << 15]);
                }
            } catch (IOException e) {
                // closed under it
            }
        });
        boolean sent = writer.join(Duration.ofSeconds(1));
        peer.close();
        assertThat(sent).as("taken, and kept in memory").isFalse();
        Eventually.holds("sessions closed", () -> node.handler().running().isEmpty());
    }

    @Test
    void clientThatDoesNotReadHoldsUpNobodyElse() throws Exception {
        try (SpdyPeer lazy = SpdyPeer.open(node.exec(OUTPUT, "flood"), Upgrade.V4)) {
            lazy.stream("stdout");
            lazy.stream("error");
            lazy.stream("stderr");
            Eventually.holds("running", () -> node.handler().running().size() == 1);
            for (int i = 0; i < 20; i++) {
                assertThatCatWorks();
            }
        }
    }

    @Test
    void streamThatWasNotAskedForIsReset() throws IOException {
        try (SpdyPeer peer = SpdyPeer.open(node.exec(OUTPUT, "say", "x", "", "0"), Upgrade.V4)) {
            int stdin = peer.stream("stdin");
            int error = peer.stream("error");
            int stdout = peer.stream("stdout");
            peer.stream("stderr");
            assertThat(peer.all(stdout)).isEqualTo("x");
            assertThat(peer.all(error)).contains("Success");
            assertThat(peer.isReset(stdin)).isTrue();
        }
    }

    @Test
    void pingIsAnswered() throws IOException {
        try (SpdyPeer peer = SpdyPeer.open(node.exec(INPUT, "cat"), Upgrade.V4)) {
            peer.ping(5);
            peer.readUntil(() -> peer.isAnswered(5));
        }
    }

    @Test
    void framesThatAreNoneEndTheConnection() throws IOException {
        try (SpdyPeer peer = SpdyPeer.open(node.exec(INPUT, "cat"), Upgrade.V4)) {
            Streams4.open(peer);
            Eventually.holds("running", () -> node.handler().running().size() == 1);
            byte[] garbage = new byte[64];
            Arrays.fill(garbage, (byte) 0xff);
            peer.socket().getOutputStream().write(garbage);
            assertThat(peer.isClosedByServer()).isTrue();
        }
    }

    @Test
    void headersThatAreNoneOpenNoStream() throws IOException {
        try (SpdyPeer peer = SpdyPeer.open(node.exec(INPUT, "cat"), Upgrade.V4)) {
            // SYN_STREAM of stream 1 with a header block that is not compressed
            byte[] frame = {(byte) 0x80, 3, 0, 1, 0, 0, 0, 14, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4};
            peer.socket().getOutputStream().write(frame);
            assertThat(peer.isClosedByServer()).isTrue();
        }
        assertThat(node.handler().running()).isEmpty();
    }

    @Test
    void streamOnWhichNothingMovesIsEndedWithAReason() throws Exception {
        var options = new StreamingOptions("127.0.0.1", 0, Optional.empty(), Duration.ofMillis(300));
        try (TestNode impatient = TestNode.start(options);
                SpdyPeer peer = SpdyPeer.open(impatient.exec(OUTPUT, "sleep"), Upgrade.V4)) {
            int error = peer.stream("error");
            peer.stream("stdout");
            peer.stream("stderr");
            assertThat(peer.all(error)).contains("nothing has moved on this stream");
            Eventually.holds("closed", () -> impatient.handler().running().isEmpty());
        }
    }

    @Test
    void endOfTheServerEndsTheCommandAndSaysSo() throws Exception {
        try (SpdyPeer peer = SpdyPeer.open(node.exec(OUTPUT, "sleep"), Upgrade.V4)) {
            int error = peer.stream("error");
            peer.stream("stdout");
            peer.stream("stderr");
            Eventually.holds("running", () -> node.handler().running().size() == 1);
            node.server().stop(Duration.ofSeconds(10));
            assertThat(node.handler().running()).isEmpty();
            assertThat(peer.all(error)).contains("the daemon is ending");
        }
    }

    @Test
    void attachedClientReadsAndWrites() throws IOException {
        try (SpdyPeer peer = SpdyPeer.open(node.attach(INPUT), Upgrade.V4)) {
            Streams4 streams = Streams4.open(peer);
            peer.send(streams.stdin(), "hello");
            peer.readUntil(() -> peer.soFar(streams.stdout()).equals("hello"));
            peer.end(streams.stdin());
            assertThat(peer.all(streams.error())).contains("Success");
        }
    }

    private record Streams4(int error, int stdin, int stdout, int stderr) {
        static Streams4 open(SpdyPeer peer) throws IOException {
            return new Streams4(
                    peer.stream("error"), peer.stream("stdin"), peer.stream("stdout"), peer.stream("stderr"));
        }
    }
}
