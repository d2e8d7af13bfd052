package io.carafe.adapters.linux;

import io.carafe.ports.spi.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The host's resolv.conf, as a pod can use it.
 *
 * @param configured what the configuration names; empty for the usual place
 */
record HostResolvConf(Optional<Path> configured, Path usual, Path behindStub) {
    static HostResolvConf of(Options options) {
        return new HostResolvConf(
                options.text(LinuxHostProvider.RESOLV_CONF).map(Path::of),
                Path.of("/etc/resolv.conf"),
                // the servers that systemd-resolved itself asks
                Path.of("/run/systemd/resolve/resolv.conf"));
    }

    /** Its text, empty if the host has none. A host whose only server listens on loopback is answered with what is behind it. */
    String read() throws IOException {
        if (configured.isPresent()) {
            return Files.readString(configured.get());
        }
        String text = Files.exists(usual) ? Files.readString(usual) : "";
        List<String> servers = text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("nameserver"))
                .map(line -> line.substring("nameserver".length()).strip())
                .toList();
        boolean stub = !servers.isEmpty()
                && servers.stream().allMatch(server -> server.startsWith("127.") || server.equals("::1"));
        return stub && Files.exists(behindStub) ? Files.readString(behindStub) : text;
    }
}
