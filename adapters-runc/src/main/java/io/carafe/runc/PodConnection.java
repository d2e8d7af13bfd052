package io.carafe.runc;

import io.carafe.domain.fault.Fault;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.namespace.NetworkNamespace;
import io.carafe.ports.runtime.ByteStream;
import io.carafe.ports.runtime.PortForwardTarget;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A TCP connection made inside a pod's network namespace, so to its own loopback, as port-forward promises. */
record PodConnection(SocketChannel channel) implements ByteStream {
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1");

    /** @throws Fault.Unavailable if nothing listens on either loopback address */
    static PodConnection open(String attempted, PortForwardTarget target, Duration timeout)
            throws InterruptedException {
        Optional<IOException> failure = Optional.empty();
        for (String host : LOOPBACK) {
            try {
                return new PodConnection(
                        connect(target.network(), new InetSocketAddress(host, target.port()), timeout));
            } catch (IOException e) {
                // of the first address: the pod may have no IPv6 at all
                failure = failure.or(() -> Optional.of(e));
            } catch (LinuxException e) {
                throw new Fault.Unavailable(
                        attempted + ": its network namespace cannot be entered: " + e.getMessage(), e);
            }
        }
        IOException first = failure.orElseThrow();
        throw new Fault.Unavailable(attempted + ": nothing answers there: " + first.getMessage(), first);
    }

    private static SocketChannel connect(Optional<Path> network, InetSocketAddress address, Duration timeout)
            throws IOException, InterruptedException {
        if (network.isPresent()) {
            return new NetworkNamespace(network.get()).connect(address, timeout);
        }
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(address, Math.toIntExact(timeout.toMillis()));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public InputStream input() {
        return Channels.newInputStream(channel);
    }

    /** Closing it half-closes the connection. */
    @Override
    public OutputStream output() {
        return new FilterOutputStream(Channels.newOutputStream(channel)) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                channel.shutdownOutput();
            }
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
