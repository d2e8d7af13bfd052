package io.carafe.gvisor;

import io.carafe.linux.file.ControlFile;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The TCP and UDP ports below 1024 of a pod's network namespace.
 *
 * @param network the namespace
 */
record LowPorts(Path network) {
    private static final Path FIRST_OF_ALL = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");

    /** Lets every process of the namespace bind them. Source: ip(7), Linux 4.11. */
    void allow() throws IOException, InterruptedException {
        try {
            new NetworkNamespace(network).call(() -> {
                ControlFile.write(FIRST_OF_ALL, "0");
                return network;
            });
        } catch (IOException | InterruptedException | LinuxException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("let processes in " + network + " bind low ports", e);
        }
    }
}
