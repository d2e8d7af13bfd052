package io.carafe.ports.tck.memory;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.DnsConfig;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.host.PodFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Real files in a directory; /dev/shm is a plain directory there and nothing is mounted. */
public final class MemoryPodFiles implements PodFiles {
    private final Path root;

    public MemoryPodFiles(Path root) {
        this.root = root;
    }

    @Override
    public Paths write(PodSandboxId id, String hostname, boolean hostShm, Optional<DnsConfig> dns) {
        Paths paths = paths(id, hostShm);
        String resolvConf = dns.map(MemoryPodFiles::resolvConf)
                .filter(text -> !text.isEmpty())
                .orElse("nameserver 192.0.2.53\n");
        try {
            Files.createDirectories(paths.hostname().getParent());
            write(paths.hostname(), hostname + "\n");
            write(paths.hosts(), "127.0.0.1\tlocalhost\n");
            write(paths.resolvConf(), resolvConf);
            if (!hostShm) {
                Files.createDirectories(paths.shm());
            }
            return paths;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Paths paths(PodSandboxId id, boolean hostShm) {
        Path pod = root.resolve(id.value());
        return new Paths(
                pod.resolve("hostname"),
                pod.resolve("hosts"),
                pod.resolve("resolv.conf"),
                hostShm ? Path.of("/dev/shm") : pod.resolve("shm"));
    }

    @Override
    public void remove(PodSandboxId id) {
        Path pod = root.resolve(id.value());
        if (!Files.exists(pod)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(pod)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Set<PodSandboxId> list() {
        if (!Files.exists(root)) {
            return Set.of();
        }
        try (Stream<Path> pods = Files.list(root)) {
            return pods.map(path -> new PodSandboxId(path.getFileName().toString()))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resolvConf(DnsConfig dns) {
        List<String> lines = new ArrayList<>();
        if (!dns.searches().isEmpty()) {
            lines.add("search " + String.join(" ", dns.searches()));
        }
        dns.servers().forEach(server -> lines.add("nameserver " + server));
        if (!dns.options().isEmpty()) {
            lines.add("options " + String.join(" ", dns.options()));
        }
        if (lines.stream().anyMatch(line -> line.contains("\n"))) {
            throw new Fault.InvalidArgument("write resolv.conf: a DNS setting holds a line break");
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
