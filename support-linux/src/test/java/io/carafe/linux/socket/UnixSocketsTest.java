package io.carafe.linux.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.poll.Readiness;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams, sd_notify and FIFOs. */
class UnixSocketsTest {
    private final Readiness readiness = new Readiness();

    @TempDir
    Path directory;

    @Test
    void streamCarriesMoreThanItsBuffersHold() throws Exception {
        try (ServerSocketChannel server = listen();
                UnixStream stream = UnixStream.connect(directory.resolve("s"), readiness);
                SocketChannel peer = server.accept()) {
            Thread.startVirtualThread(() -> echo(peer));
            int size = 3 << 20;
            CompletableFuture<Integer> sent = new CompletableFuture<>();
            Thread.startVirtualThread(() -> {
                try {
                    sent.complete(stream.write(ByteBuffer.wrap(new byte[size])));
                } catch (IOException e) {
                    sent.completeExceptionally(e);
                }
            });
            ByteBuffer received = ByteBuffer.allocate(size);
            while (received.hasRemaining() && stream.read(received) >= 0) {}

            assertThat(received.hasRemaining()).isFalse();
            assertThat(sent.get(10, TimeUnit.SECONDS)).isEqualTo(size);
        }
    }

    @Test
    void closeEndsAWaitingRead() throws Exception {
        try (ServerSocketChannel server = listen()) {
            UnixStream stream = UnixStream.connect(directory.resolve("s"), readiness);
            SocketChannel peer = server.accept();
            CompletableFuture<Integer> read = new CompletableFuture<>();
            Thread.startVirtualThread(() -> {
                try {
                    read.complete(stream.read(ByteBuffer.allocate(1)));
                } catch (IOException e) {
                    read.completeExceptionally(e);
                }
            });
            stream.close();

            assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo(-1);
            assertThat(stream.isOpen()).isFalse();
            assertThatThrownBy(() -> stream.write(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
            assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            peer.close();
        }
    }

    @Test
    void streamToNobodyFails() {
        assertThatThrownBy(() -> UnixStream.connect(directory.resolve("absent"), readiness))
                .isInstanceOf(IOException.class);
    }

    @Test
    void notifyReachesAPathAndAnAbstractAddress() throws Exception {
        Path path = directory.resolve("notify");
        String name = "carafe-test-" + UUID.randomUUID();
        assertThat(notified(new UnixSocketAddress(path.toFile()), path.toString()))
                .isEqualTo("READY=1\nSTATUS=up");
        assertThat(notified(new UnixSocketAddress("\0" + name), "@" + name)).isEqualTo("READY=1\nSTATUS=up");
    }

    @Test
    void withoutAServiceManagerThereIsNobodyToTell() {
        assertThat(SdNotify.of(Map.of())).isEmpty();
        assertThat(SdNotify.of(Map.of("NOTIFY_SOCKET", ""))).isEmpty();
    }

    @Test
    void fifoWithoutAReaderSaysSo() throws Exception {
        Path fifo = directory.resolve("ctl");
        assertThatThrownBy(() -> Fifo.write(fifo, "1 2 3\n"))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.isMissing()).isTrue());
        Fifo.make(fifo);
        assertThat(Fifo.write(fifo, "1 2 3\n")).isFalse();

        // opened for both, so that the open itself does not wait for a writer
        try (FileChannel reader = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertThat(Fifo.write(fifo, "1 2 3\n")).isTrue();
            ByteBuffer line = ByteBuffer.allocate(10);
            reader.read(line);
            assertThat(new String(line.array(), 0, line.position(), UTF_8)).isEqualTo("1 2 3\n");
        }
    }

    private static String notified(UnixSocketAddress address, String notifySocket) throws IOException {
        try (UnixDatagramChannel manager = UnixDatagramChannel.open()) {
            manager.bind(address);
            SdNotify.of(Map.of("NOTIFY_SOCKET", notifySocket)).orElseThrow().send("READY=1\nSTATUS=up");
            ByteBuffer datagram = ByteBuffer.allocate(100);
            manager.receive(datagram);
            return new String(datagram.array(), 0, datagram.position(), UTF_8);
        }
    }

    private ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(directory.resolve("s")));
    }

    private static void echo(SocketChannel peer) {
        ByteBuffer buffer = ByteBuffer.allocate(65536);
        try {
            while (peer.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    peer.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException e) {
            // the test has closed it
        }
    }
}
