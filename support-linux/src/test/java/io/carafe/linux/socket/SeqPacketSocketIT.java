package io.carafe.linux.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.poll.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a peer in Python, which has such sockets too. */
class SeqPacketSocketIT {
    private static final String PEER = """
            import os, socket, sys
            os.chdir(os.path.dirname(sys.argv[1]))
            s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            s.bind(os.path.basename(sys.argv[1]))
            s.listen()
            print("listening", flush=True)
            c, _ = s.accept()
            while True:
                p = c.recv(65536)
                if not p or p == b"stop":
                    break
                c.send(b"\\x02" + p)
            c.send(b"bye")
            c.close()
            """;

    private final Readiness readiness = new Readiness();

    @TempDir
    Path directory;

    private Optional<Process> peer = Optional.empty();

    @AfterEach
    void end() throws InterruptedException {
        if (peer.isPresent()) {
            peer.get().destroyForcibly().waitFor();
        }
    }

    @Test
    void packetsKeepTheirBounds() throws Exception {
        try (SeqPacketSocket socket = connect("attach")) {
            socket.send("one".getBytes(UTF_8));
            socket.send("three".getBytes(UTF_8));

            assertThat(text(socket)).isEqualTo("\2one");
            assertThat(socket.receive(3))
                    .hasValueSatisfying(p -> assertThat(p).asString(UTF_8).isEqualTo("\2th"));
            socket.send("stop".getBytes(UTF_8));
            assertThat(text(socket)).isEqualTo("bye");
            assertThat(socket.receive(100)).isEmpty();
        }
    }

    @Test
    void pathLongerThanAnAddressIsReached() throws Exception {
        try (SeqPacketSocket socket = connect("a".repeat(100) + "/" + "b".repeat(40) + "/attach")) {
            socket.send("x".getBytes(UTF_8));
            assertThat(text(socket)).isEqualTo("\2x");
        }
    }

    @Test
    void shutdownOfOutputStillReceives() throws Exception {
        try (SeqPacketSocket socket = connect("attach")) {
            socket.shutdownOutput();
            assertThat(text(socket)).isEqualTo("bye");
        }
    }

    @Test
    void closeEndsAWaitingReceive() throws Exception {
        SeqPacketSocket socket = connect("attach");
        CompletableFuture<Optional<byte[]>> received = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                received.complete(socket.receive(100));
            } catch (InterruptedException e) {
                received.completeExceptionally(e);
            }
        });
        socket.close();
        socket.close();

        assertThat(received.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThatThrownBy(() -> socket.send(new byte[1])).hasMessageContaining("EPIPE");
    }

    @Test
    void senderWaitsForASlowReader() throws Exception {
        try (SeqPacketSocket socket = connect("attach")) {
            byte[] packet = new byte[8192];
            CompletableFuture<Integer> received = new CompletableFuture<>();
            Thread.startVirtualThread(() -> received.complete(receiveAll(socket)));
            for (int i = 0; i < 500; i++) {
                socket.send(packet);
            }
            socket.send("stop".getBytes(UTF_8));

            assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo(501);
        }
    }

    @Test
    void nobodyListeningIsAFailureWithThePath() {
        assertThatThrownBy(() -> SeqPacketSocket.connect(directory.resolve("absent"), readiness))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("ENOENT")
                .hasMessageContaining("absent");
    }

    private static int receiveAll(SeqPacketSocket socket) {
        int count = 0;
        try {
            while (socket.receive(65536).isPresent()) {
                count++;
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return count;
    }

    private static String text(SeqPacketSocket socket) throws InterruptedException {
        return socket.receive(100).map(p -> new String(p, UTF_8)).orElse("closed");
    }

    private SeqPacketSocket connect(String name) throws IOException, InterruptedException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        Process process = new ProcessBuilder("python3", "-c", PEER, path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        peer = Optional.of(process);
        assertThat(process.inputReader().readLine()).isEqualTo("listening");
        return SeqPacketSocket.connect(path, readiness);
    }
}
