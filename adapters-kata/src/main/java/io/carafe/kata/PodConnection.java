package io.carafe.kata;

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
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A TCP connection to a port of a pod. */
record PodConnection(SocketChannel channel) implements ByteStream {
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1");

    private interface Dial {
        SocketChannel dial(InetSocketAddress address) throws IOException, InterruptedException;
    }

    /** To the pod's own loopback, in its network namespace: where containers are the host's processes. */
    static PodConnection insidePod(String attempted, PortForwardTarget target, Duration timeout)
            throws InterruptedException {
        return first(
                attempted,
                LOOPBACK,
                target.port(),
                address -> target.network().isPresent()
                        ? new NetworkNamespace(target.network().get()).connect(address, timeout)
                        : fromHost(address, timeout));
    }

    /** To the pod's address, from the host: a guest's loopback is its own kernel's. */
    static PodConnection toAddress(String attempted, PortForwardTarget target, Duration timeout)
            throws InterruptedException {
        if (target.ips().isEmpty()) {
            throw new Fault.Unavailable(attempted + ": the pod has no address, and nothing else leads into its guest");
        }
        return first(attempted, target.ips(), target.port(), address -> fromHost(address, timeout));
    }

    private static PodConnection first(String attempted, List<String> hosts, int port, Dial dial)
            throws InterruptedException {
        Optional<IOException> failure = Optional.empty();
        for (String host : hosts) {
            try {
                return new PodConnection(dial.dial(new InetSocketAddress(host, port)));
            } catch (IOException e) {
                // of the first address: the pod may have no IPv6 at all
                failure = failure.or(() -> Optional.of(e));
            } catch (LinuxException e) {
                throw new Fault.Unavailable(
                        attempted + ": its network namespace cannot be entered: " + e.getMessage(), e);
            }
        }
        IOException told = failure.orElseThrow();
        throw new Fault.Unavailable(attempted + ": nothing answers there: " + told.getMessage(), told);
    }

    private static SocketChannel fromHost(InetSocketAddress address, Duration timeout) throws IOException {
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
