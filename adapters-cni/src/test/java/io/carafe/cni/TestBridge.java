package io.carafe.cni;

import io.carafe.domain.sandbox.PodSandboxId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A bridge and a subnet of a test's own, by the real plugins, and what they leave on the host. Named by the test's process, so
 * that two runs on one host do not meet.
 */
record TestBridge(String name, int third) {
    static TestBridge create() {
        long number = ProcessHandle.current().pid() % 200;
        return new TestBridge("cftest" + number, (int) number);
    }

    Path confDir(Path directory) {
        return directory.resolve("net.d");
    }

    void configure(Path directory) {
        configure(directory, false);
    }

    /** @param masquerade with rules of the bridge plugin's, which it can take away only while the namespace lives */
    void configure(Path directory, boolean masquerade) {
        try {
            Files.createDirectories(confDir(directory));
            Files.writeString(confDir(directory).resolve("10-test.conflist"), confList(directory, masquerade));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String confList(Path directory, boolean masquerade) {
        return """
                {
                  "cniVersion": "1.0.0",
                  "name": "%1$s",
                  "plugins": [
                    {
                      "type": "bridge",
                      "bridge": "%1$s",
                      "isGateway": true,
                      "ipMasq": %4$s,
                      "ipam": {
                        "type": "host-local",
                        "ranges": [[{"subnet": "10.231.%2$d.0/24"}]],
                        "routes": [{"dst": "0.0.0.0/0"}],
                        "dataDir": "%3$s"
                      }
                    },
                    {"type": "portmap", "capabilities": {"portMappings": true}, "snat": true}
                  ]
                }
                """.formatted(name, third, directory.resolve("ipam"), masquerade);
    }

    Path makeNamespace(PodSandboxId id) {
        Path path = Path.of("/run/netns", namespace(id));
        if (!Files.exists(path)) {
            HostNetwork.run("ip", "netns", "add", namespace(id));
            HostNetwork.run("ip", "-n", namespace(id), "link", "set", "lo", "up");
        }
        return path;
    }

    void removeNamespace(PodSandboxId id) {
        HostNetwork.attempt("ip", "netns", "del", namespace(id));
    }

    private String namespace(PodSandboxId id) {
        return name + "-" + id.value().substring(0, 2);
    }

    /** What a command prints inside a pod. */
    String in(PodSandboxId id, String... command) {
        String[] whole = new String[command.length + 4];
        System.arraycopy(new String[] {"ip", "netns", "exec", namespace(id)}, 0, whole, 0, 4);
        System.arraycopy(command, 0, whole, 4, command.length);
        return HostNetwork.run(whole);
    }

    /** Addresses that host-local has given to a pod. */
    Set<String> reservations(Path directory, PodSandboxId id) {
        Path leases = directory.resolve("ipam").resolve(name);
        if (!Files.isDirectory(leases)) {
            return Set.of();
        }
        try (var files = Files.newDirectoryStream(leases, "10.*")) {
            Set<String> addresses = new TreeSet<>();
            for (Path file : files) {
                if (Files.readString(file).contains(id.value())) {
                    addresses.add("address " + file.getFileName());
                }
            }
            return addresses;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rules in the nat table that name a pod: portmap's and the masquerading ones. */
    Set<String> rules(PodSandboxId id) {
        return HostNetwork.run("iptables", "-w", "-t", "nat", "-S")
                .lines()
                .filter(line -> line.contains(id.value()))
                .collect(Collectors.toSet());
    }

    /** The host's ends of the pods' links. */
    List<String> links() {
        return HostNetwork.attempt("ip", "-o", "link", "show", "master", name)
                .output()
                .lines()
                .filter(line -> line.contains("veth"))
                .toList();
    }

    /** Removes the bridge, and the rules that a failed test may have left. */
    void remove() {
        HostNetwork.run("sh", "-c", """
                rules=$(iptables -w -t nat -S | grep -F "name: \\\\\"$1\\\\\"")
                echo "$rules" | sed -n 's/^-A/-D/p' | while read -r rule; do eval "iptables -w -t nat $rule"; done
                for chain in $(echo "$rules" | grep -o 'CNI-[0-9A-Za-z-]*' | sort -u); do
                    iptables -w -t nat -F "$chain" && iptables -w -t nat -X "$chain"
                done 2>/dev/null
                true
                """, "sh", name);
        HostNetwork.attempt("ip", "link", "del", name);
    }
}
