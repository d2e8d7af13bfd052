package io.carafe.oci.forward;

import io.carafe.domain.fault.Fault;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.namespace.NetworkNamespace;
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

/** A TCP connection to a port of a pod. An adapter's extends it, to be what its port wants. */
public class PodSocket {
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1");

    private final SocketChannel channel;

    /** @param channel as one of the methods below answers it */
    protected PodSocket(SocketChannel channel) {
        this.channel = channel;
    }

    private interface Dial {
        SocketChannel dial(InetSocketAddress address) throws IOException, InterruptedException;
    }

    /**
     * To the pod's own loopback, in its network namespace: where containers are the host's processes.
     *
     * @param network of the pod; empty for the host's
     * @throws Fault.Unavailable if nothing listens on either loopback address
     */
    public static SocketChannel insidePod(String attempted, Optional<Path> network, int port, Duration timeout)
            throws InterruptedException {
        return first(
                attempted,
                LOOPBACK,
                port,
                address -> network.isPresent()
                        ? new NetworkNamespace(network.get()).connect(address, timeout)
                        : fromHost(address, timeout));
    }

    /**
     * To the pod's address, from the host: a guest's loopback is its own kernel's.
     *
     * @throws Fault.Unavailable if the pod has none, or nothing listens there
     */
    public static SocketChannel toAddress(String attempted, List<String> ips, int port, Duration timeout)
            throws InterruptedException {
        if (ips.isEmpty()) {
            throw new Fault.Unavailable(attempted + ": the pod has no address, and nothing else leads into its guest");
        }
        return first(attempted, ips, port, address -> fromHost(address, timeout));
    }

    private static SocketChannel first(String attempted, List<String> hosts, int port, Dial dial)
            throws InterruptedException {
        Optional<IOException> failure = Optional.empty();
        for (String host : hosts) {
            try {
                return dial.dial(new InetSocketAddress(host, port));
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

    public InputStream input() {
        return Channels.newInputStream(channel);
    }

    /** Closing it half-closes the connection. */
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

    public void close() throws IOException {
        channel.close();
    }
}
