package io.carafe.linux.socket;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;

/**
 * Tells the service manager how we are, by datagrams to the socket it named in NOTIFY_SOCKET.
 *
 * <p>Source: sd_notify(3). Concurrency: safe.
 */
public record SdNotify(String address) {
    /** From a process' environment; empty if NOTIFY_SOCKET is not set, so if no service manager asks. */
    public static Optional<SdNotify> of(Map<String, String> environment) {
        String address = environment.getOrDefault("NOTIFY_SOCKET", "");
        return address.isEmpty() ? Optional.empty() : Optional.of(new SdNotify(address));
    }

    /**
     * Sends assignments, such as {@code READY=1} and {@code STATUS=…}, one a line.
     *
     * @throws IOException if nobody listens there; the daemon can go on
     */
    public void send(String assignments) throws IOException {
        // '@' stands for the NUL that starts an address without a file
        UnixSocketAddress target = address.startsWith("@")
                ? new UnixSocketAddress("\0" + address.substring(1))
                : new UnixSocketAddress(new File(address));
        try (UnixDatagramChannel channel = UnixDatagramChannel.open()) {
            channel.send(ByteBuffer.wrap(assignments.getBytes(StandardCharsets.UTF_8)), target);
        }
    }
}
