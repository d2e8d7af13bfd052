package io.carafe.cli.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.text.Console;
import io.grpc.StatusRuntimeException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A local port that leads to one of a pod. Each connection has a SPDY connection of its own, so that one whose other end does not
 * read holds up no other, and a runtime that was restarted serves the next.
 */
public final class ForwardedPort implements Closeable {
    private static final String PROTOCOL = "portforward.k8s.io";
    private static final int BACKLOG = 50;
    /** Between two tries after one has failed, as when there are no file descriptors left. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ServerSocket server;
    private final int remote;
    private final Supplier<URI> urls;
    private final Console console;
    private final Duration pause;
    private final Thread accepting;

    ForwardedPort(ServerSocket server, int remote, Supplier<URI> urls, Console console, Duration pause) {
        this.server = server;
        this.remote = remote;
        this.urls = urls;
        this.console = console;
        this.pause = pause;
        this.accepting = Thread.ofVirtual().name("accept").unstarted(this::accept);
    }

    /** @param urls a new streaming URL each time it is asked */
    public static ForwardedPort listen(InetAddress address, int local, int remote, Supplier<URI> urls, Console console)
            throws IOException {
        return new ForwardedPort(new ServerSocket(local, BACKLOG, address), remote, urls, console, PAUSE);
    }

    public String local() {
        return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
    }

    public void serve() {
        accepting.start();
    }

    /** Returns when it is closed. */
    public void await() throws InterruptedException {
        accepting.join();
    }

    private void accept() {
        String failure = "";
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                failure = "";
                Thread.ofVirtual().name("connection").start(() -> forward(client));
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
                String again = String.valueOf(e.getMessage());
                if (!again.equals(failure)) {
                    console.err().println("carafe: " + local() + " takes no connections for now, trying on: " + again);
                }
                failure = again;
                if (!paused()) {
                    return;
                }
            }
        }
    }

    private boolean paused() {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void forward(Socket client) {
        try (client;
                var connection = SpdyConnection.open(urls.get(), PROTOCOL)) {
            String port = String.valueOf(remote);
            var error = connection.open(Map.of("streamtype", "error", "port", port, "requestid", "0"));
            error.output().close();
            var data = connection.open(Map.of("streamtype", "data", "port", port, "requestid", "0"));
            Thread input = Thread.ofVirtual().name("to the pod").start(() -> copyInput(client, data.output()));
            copy(data.input(), client.getOutputStream());
            client.shutdownOutput();
            String failure = new String(error.input().readAllBytes(), UTF_8);
            if (!failure.isEmpty()) {
                console.err().println("carafe: " + failure);
            } else {
                input.join();
            }
        } catch (IOException | CommandFault | StatusRuntimeException e) {
            console.err().println("carafe: port " + remote + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copyInput(Socket client, OutputStream to) {
        try {
            copy(client.getInputStream(), to);
            to.close();
        } catch (IOException e) {
            // one of the two is closed, which the other direction finds too
        }
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] chunk = new byte[32 * 1024];
        for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
            to.write(chunk, 0, n);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        accepting.interrupt(); // from a pause
    }
}
