package io.carafe.oci.ttrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.linux.poll.Readiness;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client against the bytes of the protocol, with the server's side by hand. */
@Timeout(20)
class TtrpcConnectionTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private ServerSocketChannel listener;
    private SocketChannel server;
    private TtrpcConnection client;

    @BeforeEach
    void connect() throws IOException {
        Path socket = directory.resolve("s");
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        client = TtrpcConnection.connect(socket, new Readiness());
        server = listener.accept();
        Thread.ofVirtual().start(client::pump);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        listener.close();
    }

    @Test
    void requestIsAHeaderOfTenBytesAndItsMessage() throws Exception {
        client.begin("s.S", "M", new ProtoMessage().text(1, "x"));

        ByteBuffer bytes = ByteBuffer.allocate(10 + 13);
        while (bytes.hasRemaining()) {
            server.read(bytes);
        }
        // length, stream, type, flags; field 1 the service, 2 the method, 3 the request, whose field 1 is "x"
        assertThat(bytes.array())
                .containsExactly(0, 0, 0, 13, 0, 0, 0, 1, 1, 0, 10, 3, 's', '.', 'S', 18, 1, 'M', 26, 3, 10, 1, 'x');
    }

    @Test
    void answersFindTheirCallsInAnyOrder() throws Exception {
        List<PendingCall> calls = new ArrayList<>();
        List<TtrpcFrame> requests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(client.begin("S", "M" + i, new ProtoMessage()));
            requests.add(TtrpcFrame.read(server).orElseThrow());
        }
        for (int i = 2; i >= 0; i--) {
            answer(requests.get(i).stream(), new ProtoMessage().message(2, new ProtoMessage().number(1, 10 + i)));
        }

        for (int i = 0; i < 3; i++) {
            assertThat(calls.get(i).await().number(1)).isEqualTo(10 + i);
        }
        assertThat(requests).extracting(TtrpcFrame::stream).containsExactly(1, 3, 5);
    }

    @Test
    void deadlineIsToldToTheServerAndKept() throws Exception {
        Duration deadline = Duration.ofMillis(50);

        assertThatThrownBy(() -> client.call("S", "M", new ProtoMessage(), deadline))
                .isInstanceOf(TtrpcFailure.Late.class)
                .hasMessageContaining("S/M");

        ProtoFields request =
                ProtoFields.parse(TtrpcFrame.read(server).orElseThrow().message());
        assertThat(request.number(4)).isEqualTo(deadline.toNanos());
    }

    @Test
    void answerAfterTheDeadlineDisturbsNobody() throws Exception {
        assertThatThrownBy(() -> client.call("S", "M", new ProtoMessage(), Duration.ofMillis(20)))
                .isInstanceOf(TtrpcFailure.Late.class);
        int late = TtrpcFrame.read(server).orElseThrow().stream();
        PendingCall next = client.begin("S", "N", new ProtoMessage());
        int timely = TtrpcFrame.read(server).orElseThrow().stream();

        answer(late, new ProtoMessage().message(2, new ProtoMessage().number(1, 1)));
        answer(timely, new ProtoMessage().message(2, new ProtoMessage().number(1, 2)));

        assertThat(next.await(LONG).number(1)).isEqualTo(2);
    }

    @Test
    void refusalHasCodeAndWords() throws Exception {
        PendingCall call = client.begin("S", "M", new ProtoMessage());
        int stream = TtrpcFrame.read(server).orElseThrow().stream();

        answer(
                stream,
                new ProtoMessage().message(1, new ProtoMessage().number(1, 5).text(2, "no such task")));

        assertThatThrownBy(call::await)
                .isInstanceOfSatisfying(TtrpcFailure.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo(StatusCode.NOT_FOUND);
                    assertThat(refused.words()).isEqualTo("no such task");
                })
                .hasMessage("S/M: no such task");
    }

    @Test
    void lossOfTheConnectionFailsEveryPendingAndLaterCall() throws Exception {
        PendingCall first = client.begin("S", "M", new ProtoMessage());
        PendingCall second = client.begin("S", "N", new ProtoMessage());

        server.close();

        assertThatThrownBy(first::await).isInstanceOf(TtrpcFailure.Lost.class).hasMessageContaining("S/M");
        assertThatThrownBy(second::await).isInstanceOf(TtrpcFailure.Lost.class);
        assertThat(client.isOpen()).isFalse();
        assertThatThrownBy(() -> client.call("S", "O", new ProtoMessage(), LONG))
                .isInstanceOf(TtrpcFailure.Lost.class);
    }

    @Test
    void closingFailsThoseWhoWait() throws Exception {
        PendingCall call = client.begin("S", "M", new ProtoMessage());

        client.close();

        assertThatThrownBy(call::await).isInstanceOf(TtrpcFailure.Lost.class).hasMessageContaining("closed");
    }

    @Test
    void whatIsNoTtrpcEndsTheConnection() throws Exception {
        PendingCall call = client.begin("S", "M", new ProtoMessage());

        server.write(ByteBuffer.wrap("HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.US_ASCII)));

        assertThatThrownBy(call::await).isInstanceOf(TtrpcFailure.Lost.class).hasMessageContaining("no ttrpc");
    }

    @Test
    void endInsideAFrameIsALoss() throws Exception {
        PendingCall call = client.begin("S", "M", new ProtoMessage());

        server.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 9, 0, 0, 0, 1, 2, 0, 1}));
        server.close();

        assertThatThrownBy(call::await).isInstanceOf(TtrpcFailure.Lost.class);
    }

    @Test
    void requestThatIsTooLongIsNotSent() {
        assertThatThrownBy(() -> client.begin("S", "M", new ProtoMessage().bytes(1, new byte[5 << 20])))
                .isInstanceOf(TtrpcFailure.Refused.class)
                .hasMessageContaining("too long");
    }

    private void answer(int stream, ProtoMessage response) throws IOException {
        new TtrpcFrame(stream, TtrpcFrame.RESPONSE, response.toBytes()).write(server);
    }
}
