package io.carafe.kata;

import io.carafe.oci.ttrpc.ProtoFields;
import io.carafe.oci.ttrpc.ProtoMessage;
import io.carafe.oci.ttrpc.StatusCode;
import io.carafe.oci.ttrpc.TtrpcFrame;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The server's side of ttrpc, as far as fakes need it: every request on a thread of its own. */
final class TtrpcServer implements AutoCloseable {
    /** Answers calls. */
    interface Calls {
        ProtoMessage answer(String method, ProtoFields request) throws Exception;
    }

    /** Makes an answer an error. */
    static final class Refusal extends Exception {
        private final int code;

        Refusal(int code, String words) {
            super(words);
            this.code = code;
        }
    }

    private final Path socket;
    private final Calls calls;
    private final ServerSocketChannel listener;
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();

    TtrpcServer(Path socket, Calls calls) throws IOException {
        this.socket = socket;
        this.calls = calls;
        this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::accept);
    }

    /** Breaks all connections, as a fault between two living processes would. */
    void breakConnections() throws IOException {
        for (SocketChannel connection : connections) {
            connection.close();
        }
        connections.clear();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        breakConnections();
        Files.deleteIfExists(socket);
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = listener.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            Optional<TtrpcFrame> frame = TtrpcFrame.read(connection);
            while (frame.isPresent()) {
                TtrpcFrame request = frame.get();
                Thread.ofVirtual().start(() -> answer(connection, request));
                frame = TtrpcFrame.read(connection);
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    private void answer(SocketChannel connection, TtrpcFrame frame) {
        ProtoMessage response;
        try {
            ProtoFields request = ProtoFields.parse(frame.message());
            response = new ProtoMessage().message(2, calls.answer(request.text(2), request.messageOrEmpty(3)));
        } catch (Refusal e) {
            response = status(e.code, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            return;
        } catch (Exception e) {
            response = status(StatusCode.UNKNOWN, e.toString());
        }
        synchronized (connection) {
            try {
                new TtrpcFrame(frame.stream(), TtrpcFrame.RESPONSE, response.toBytes()).write(connection);
            } catch (IOException e) {
                // the client has gone
            }
        }
    }

    private static ProtoMessage status(int code, String words) {
        return new ProtoMessage().message(1, new ProtoMessage().number(1, code).text(2, words));
    }
}
