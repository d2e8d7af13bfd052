package io.carafe.gvisor;

import io.carafe.domain.fault.Fault;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.ports.runtime.ByteStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A connection to a TCP port inside a sandbox. runsc makes it, by connecting a socket of ours, and leaves it to the sandbox. */
record SandboxConnection(SocketChannel channel) implements ByteStream {
    private static final int NAME_LENGTH = 13;

    /**
     * Connects; bounded by runsc's own timeout and by interrupts.
     *
     * @param sockets a directory with a short path, for a moment's use
     * @throws Fault.Unavailable if nothing listens there
     */
    static SandboxConnection open(String attempted, Runsc runsc, Path sockets, String sandbox, int port)
            throws InterruptedException {
        Path socket = sockets.resolve(UUID.randomUUID().toString().substring(0, NAME_LENGTH));
        return RuntimeFault.during(attempted, () -> {
            try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                listening.bind(UnixDomainSocketAddress.of(socket), 1);
                // ends when the sandbox has connected to the port, or could not
                runsc.portForward(socket, sandbox, port);
                return new SandboxConnection(listening.accept());
            } catch (CommandFailure.BadExit e) {
                throw new Fault.Unavailable(attempted + ": nothing answers there: " + e.words(), e);
            } finally {
                Files.deleteIfExists(socket);
            }
        });
    }

    @Override
    public InputStream input() {
        return Channels.newInputStream(channel);
    }

    /**
     * Closing it is not passed on: gVisor ends a forwarded connection, the answers too, with the first half that ends. So a server
     * that waits for the end of its input gets it at {@link #close}.
     */
    @Override
    public OutputStream output() {
        return new FilterOutputStream(Channels.newOutputStream(channel)) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() {
                // see above
            }
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
