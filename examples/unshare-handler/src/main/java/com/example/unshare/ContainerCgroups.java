package com.example.unshare;

import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.CpuUsage;
import io.carafe.domain.resource.MemoryUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A container's cgroups, one below each of the pod's: the pod's limits hold, and what a container uses can be read. */
record ContainerCgroups(List<Path> directories) {
    private static final Path HIERARCHIES = Path.of("/sys/fs/cgroup");

    /** @param pod as the cgroupfs driver names it */
    static ContainerCgroups below(String pod, String name) throws IOException {
        List<Path> directories = new ArrayList<>();
        try (Stream<Path> controllers = Files.list(HIERARCHIES)) {
            Stream.concat(Stream.of(HIERARCHIES), controllers)
                    .map(hierarchy -> hierarchy.resolve(pod.substring(1)))
                    .filter(Files::isDirectory)
                    // of version 1, which lets nobody in before it is configured
                    .filter(found -> !found.startsWith(HIERARCHIES.resolve("cpuset")))
                    .forEach(found -> directories.add(found.resolve(name)));
        }
        return new ContainerCgroups(List.copyOf(directories));
    }

    void create() throws IOException {
        for (Path directory : directories) {
            Path enabled = directory.resolveSibling("cgroup.subtree_control");
            if (Files.exists(enabled)) {
                Files.writeString(enabled, Files.readString(directory.resolveSibling("cgroup.controllers"))
                        .replaceAll("\\b(?=\\w)", "+"));
            }
            Files.createDirectories(directory);
        }
    }

    /** Of processes that are dead; the kernel lets a cgroup go a moment after its last process. */
    void remove() throws IOException, InterruptedException {
        for (Path directory : directories) {
            for (int attempt = 0; Files.exists(directory); attempt++) {
                try {
                    Files.delete(directory);
                } catch (IOException e) {
                    if (attempt == 100) {
                        throw e;
                    }
                    Thread.sleep(20);
                }
            }
        }
    }

    List<Long> processes() throws IOException {
        if (directories.isEmpty() || !Files.exists(directories.getFirst())) {
            return List.of();
        }
        return Files.readAllLines(directories.getFirst().resolve("cgroup.procs")).stream()
                .map(Long::valueOf)
                .toList();
    }

    CgroupUsage usage(Instant now) throws IOException {
        long nanoseconds = number("cpuacct.usage")
                .or(() -> counter("cpu.stat", "usage_usec").map(micros -> micros * 1000))
                .orElse(0L);
        Bytes memory = new Bytes(
                number("memory.usage_in_bytes").or(() -> number("memory.current")).orElse(0L));
        return new CgroupUsage(
                new CpuUsage(now, nanoseconds, Optional.empty()),
                new MemoryUsage(now, memory, Optional.empty(), memory, memory, 0, 0, Optional.empty()),
                Optional.empty(),
                processes().size(),
                Optional.empty(),
                now);
    }

    private Optional<Long> number(String file) {
        return text(file).map(text -> Long.parseLong(text.strip()));
    }

    private Optional<Long> counter(String file, String key) {
        return text(file).flatMap(text -> text.lines()
                .filter(line -> line.startsWith(key + " "))
                .map(line -> Long.parseLong(line.substring(key.length() + 1)))
                .findFirst());
    }

    /** Of the hierarchy that has such a file. */
    private Optional<String> text(String file) {
        for (Path directory : directories) {
            try {
                return Optional.of(Files.readString(directory.resolve(file)));
            } catch (IOException e) {
                // another hierarchy has it
            }
        }
        return Optional.empty();
    }
}
