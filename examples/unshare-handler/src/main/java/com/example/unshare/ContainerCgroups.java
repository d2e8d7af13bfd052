package com.example.unshare;

import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.CpuUsage;
import io.carafe.domain.resource.MemoryUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A container's cgroups, one below each of the pod's: the pod's limits hold, and what a container uses can be read. */
record ContainerCgroups(List<Path> directories) {
    private static final Path HIERARCHIES = Path.of("/sys/fs/cgroup");
    /** Of version 1, and in which nobody can be before it is configured. */
    private static final Path CPUSET = HIERARCHIES.resolve("cpuset");

    /** @param pod as the cgroupfs driver names it; need not be there yet */
    static ContainerCgroups below(String pod, String name) throws IOException {
        try (Stream<Path> mounted = Files.list(HIERARCHIES)) {
            List<Path> hierarchies = Files.exists(HIERARCHIES.resolve("cgroup.procs"))
                    ? List.of(HIERARCHIES)
                    : mounted.filter(hierarchy -> Files.exists(hierarchy.resolve("cgroup.procs")))
                            .filter(hierarchy -> !hierarchy.equals(CPUSET) && !Files.isSymbolicLink(hierarchy))
                            .toList();
            return new ContainerCgroups(hierarchies.stream()
                    .map(hierarchy -> hierarchy.resolve(pod.substring(1)).resolve(name))
                    .toList());
        }
    }

    void create() throws IOException {
        for (Path directory : directories) {
            Files.createDirectories(directory);
            enableControllers(directory.getParent());
        }
    }

    /** Of version 2: what is not handed down cannot be read below. */
    private static void enableControllers(Path directory) throws IOException {
        if (Files.exists(directory.resolve("cgroup.controllers"))) {
            if (!directory.equals(HIERARCHIES)) {
                enableControllers(directory.getParent());
            }
            String names =
                    Files.readString(directory.resolve("cgroup.controllers")).strip();
            if (!names.isEmpty()) {
                Files.writeString(directory.resolve("cgroup.subtree_control"), "+" + names.replace(" ", " +"));
            }
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
        Bytes memory = new Bytes(number("memory.usage_in_bytes")
                .or(() -> number("memory.current"))
                .orElse(0L));
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
        return text(file)
                .flatMap(text -> text.lines()
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
