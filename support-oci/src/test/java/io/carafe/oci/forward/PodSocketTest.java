package io.carafe.oci.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the host's loopback; into a pod's namespace is what the kit's port-forwards are. */
class PodSocketTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SECOND = "127.0.0.2";

    @TempDir
    Path directory;

    private ServerSocket server;

    @BeforeEach
    void listenOnTheSecondAddress() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.ofLiteral(SECOND));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void addressThatAnswersIsFoundBehindOneThatDoesNot() throws Exception {
        PodSocket socket = new PodSocket(toAddress(List.of("127.0.0.1", SECOND)));
        try (Socket peer = server.accept()) {
            socket.output().write("ping".getBytes(UTF_8));
            socket.output().close();
            assertThat(new String(peer.getInputStream().readAllBytes(), UTF_8))
                    .as("all, and then the end")
                    .isEqualTo("ping");

            peer.getOutputStream().write("pong".getBytes(UTF_8));
            assertThat(new String(socket.input().readNBytes(4), UTF_8))
                    .as("after the half-close")
                    .isEqualTo("pong");
        } finally {
            socket.close();
        }
    }

    @Test
    void podWithoutAnAddressIsAFaultThatSaysSo() {
        assertThatThrownBy(() -> toAddress(List.of()))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("forward to port 80 of pod p")
                .hasMessageContaining("has no address");
    }

    @Test
    void portWhereNobodyListensIsAFaultThatSaysSo() throws IOException {
        server.close();

        assertThatThrownBy(() -> toAddress(List.of(SECOND)))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("nothing answers there: ")
                .hasMessageContaining("refused");
    }

    @Test
    void loopbackOfTheHostIsThatOfAPodInItsNetwork() throws Exception {
        try (ServerSocket ofThePod = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            PodSocket socket = new PodSocket(PodSocket.insidePod(
                    "forward to port 80 of pod p", Optional.empty(), ofThePod.getLocalPort(), PATIENCE));
            ofThePod.accept().close();

            assertThat(socket.input().read()).isEqualTo(-1);
            socket.close();
        }
    }

    @Test
    void namespaceThatIsGoneIsAFaultThatSaysSo() {
        Path gone = directory.resolve("net");

        assertThatThrownBy(() -> PodSocket.insidePod("forward to port 80 of pod p", Optional.of(gone), 80, PATIENCE))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining(gone.toString());
    }

    private SocketChannel toAddress(List<String> ips) throws InterruptedException {
        return PodSocket.toAddress("forward to port 80 of pod p", ips, server.getLocalPort(), PATIENCE);
    }
}
