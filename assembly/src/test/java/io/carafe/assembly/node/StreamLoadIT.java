package io.carafe.assembly.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.cri.v1.ExecRequest;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.PortForwardRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Much through many streams at once. The system properties {@code carafe.streams.mebibytes} and {@code carafe.streams.stall.seconds}
 * set how much each way through each, and for how long a client does not read.
 */
class StreamLoadIT {
    private static final long BYTES = Long.getLong("carafe.streams.mebibytes", 8) << 20;
    private static final int STALL_SECONDS = Integer.getInteger("carafe.streams.stall.seconds", 3);
    private static final int AT_ONCE = 8;
    private static final int FIRST_PORT = 8080;
    private static final int PIECE = 30_000;
    private static final byte[] LINE = "%063d\n".formatted(0).getBytes(StandardCharsets.US_ASCII);

    /** The heap that bin/carafed sets, as much again for buffers outside of it, and the JVM with its archive. */
    private static final long DAEMON_MEBIBYTES = 192 + 192 + 128;

    private static PrivateNode node;
    private static String pod = "";
    private static String container;
    private static final ExecutorService threads = Executors.newCachedThreadPool();

    enum Way {
        EXEC_SPDY,
        EXEC_WEBSOCKET,
        FORWARD_SPDY,
        FORWARD_WEBSOCKET;

        EchoClient open(int number) throws IOException {
            return switch (this) {
                case EXEC_SPDY -> SpdyEcho.exec(exec("cat"));
                case EXEC_WEBSOCKET -> WebSocketEcho.exec(exec("cat"));
                case FORWARD_SPDY -> SpdyEcho.forward(forward(number), FIRST_PORT + number);
                case FORWARD_WEBSOCKET -> WebSocketEcho.forward(forward(number));
            };
        }
    }

    @BeforeAll
    static void runPod() throws IOException {
        node = PrivateNode.start();
        var client = new NodeClient(node);
        client.pull();
        PodSandboxConfig config = client.pod(NamespaceMode.CONTAINER);
        pod = client.run(config, "");
        container = client.create(
                pod,
                config,
                "echo",
                "for i in 0 1 2 3 4 5 6 7; do while :; do nc -l -p $((" + FIRST_PORT
                        + " + i)) -e cat; done & done; wait");
        client.start(container);
    }

    @AfterAll
    static void remove() throws IOException {
        threads.shutdownNow();
        try (PrivateNode closed = node) {
            if (!pod.isEmpty()) {
                new NodeClient(closed).remove(pod);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyByteComesBackThroughManyStreamsAtOnceAndTheDaemonStaysSmall(Way way) throws Exception {
        long begin = System.nanoTime();
        List<Future<?>> sessions = IntStream.range(0, AT_ONCE)
                .<Future<?>>mapToObj(number -> threads.submit(() -> exchange(way, number, BYTES)))
                .toList();
        for (Future<?> session : sessions) {
            session.get(5, TimeUnit.MINUTES);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "%s: %d x %d MiB each way in %.1f s, %.0f MiB/s; the daemon has had %d MiB%n",
                way,
                AT_ONCE,
                BYTES >> 20,
                seconds,
                2.0 * AT_ONCE * (BYTES >> 20) / seconds,
                node.daemonPeakMebibytes());
        assertThat(node.daemonPeakMebibytes()).isLessThan(DAEMON_MEBIBYTES);
    }

    @Test
    void clientThatDoesNotReadHarmsNoOther() throws Exception {
        String endless = "yes " + new String(LINE, StandardCharsets.US_ASCII).strip();
        try (EchoClient stalledSpdy = SpdyEcho.exec(exec(endless));
                EchoClient stalledWebSocket = WebSocketEcho.exec(exec(endless))) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STALL_SECONDS);
            do {
                List<Future<?>> others = new ArrayList<>();
                int number = 0;
                for (Way way : Way.values()) {
                    int own = number++;
                    others.add(threads.submit(() -> exchange(way, own, 1 << 20)));
                }
                for (Future<?> other : others) {
                    other.get(1, TimeUnit.MINUTES);
                }
            } while (System.nanoTime() < end);

            for (EchoClient stalled : List.of(stalledSpdy, stalledWebSocket)) {
                Lines lines = new Lines();
                stalled.receive(lines, () -> lines.count > 4 << 20);
            }
        }
        assertThat(node.daemonPeakMebibytes()).isLessThan(DAEMON_MEBIBYTES);
    }

    /** Fails if anything but whole lines comes. */
    private static final class Lines extends OutputStream {
        private long count;

        @Override
        public void write(int b) {
            if (b != LINE[(int) (count % LINE.length)]) {
                throw new AssertionError("byte " + count + " is " + b);
            }
            count++;
        }
    }

    private static Void exchange(Way way, int number, long bytes) throws Exception {
        try (EchoClient client = way.open(number)) {
            var sent = new CRC32C();
            Future<?> sending = threads.submit(() -> {
                send(client, number, bytes, sent);
                return null;
            });
            var received = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32C());
            var counted = new Counted(received);
            client.receive(counted, () -> counted.count >= bytes);
            sending.get(1, TimeUnit.MINUTES);
            assertThat(counted.count).as("%s, stream %d", way, number).isEqualTo(bytes);
            assertThat(received.getChecksum().getValue()).isEqualTo(sent.getValue());
        }
        return null;
    }

    private static void send(EchoClient client, int seed, long bytes, CRC32C sent) throws IOException {
        var random = new Random(seed);
        for (long left = bytes; left > 0; left -= PIECE) {
            var piece = new byte[(int) Math.min(PIECE, left)];
            random.nextBytes(piece);
            sent.update(piece);
            client.send(piece);
        }
        client.endSending();
    }

    private static final class Counted extends OutputStream {
        private final OutputStream to;
        private long count;

        Counted(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b});
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            to.write(bytes, from, length);
            count += length;
        }
    }

    private static String exec(String script) {
        return node.cri()
                .runtime()
                .exec(ExecRequest.newBuilder()
                        .setContainerId(container)
                        .addAllCmd(List.of("sh", "-c", script))
                        .setStdin(true)
                        .setStdout(true)
                        .build())
                .getUrl();
    }

    /** Once the port's server, which serves one connection at a time, listens. */
    private static String forward(int number) {
        int port = FIRST_PORT + number;
        new NodeClient(node).awaitListening(container, port);
        return node.cri()
                .runtime()
                .portForward(PortForwardRequest.newBuilder()
                        .setPodSandboxId(pod)
                        .addPort(port)
                        .build())
                .getUrl();
    }
}
