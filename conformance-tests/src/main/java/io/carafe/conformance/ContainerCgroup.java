package io.carafe.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.carafe.conformance.bench.HostFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cgroups on this host whose folder's name holds a given word, in every hierarchy. */
final class ContainerCgroup {
    private final List<Path> dirs;

    private ContainerCgroup(List<Path> dirs) {
        this.dirs = dirs;
    }

    static ContainerCgroup named(String word) {
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(Path.of("/sys/fs/cgroup"), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                    var name = dir.getFileName().toString();
                    // A monitor's cgroup is named after the container, too.
                    if (name.contains(word) && !name.contains("conmon")) {
                        found.add(dir);
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ContainerCgroup(found);
    }

    /** Where the handler keeps containers in cgroups of the host; a virtual machine does not. */
    ContainerCgroup assumePresent() {
        assumeTrue(!dirs.isEmpty(), "the handler has no cgroup of the container's on this host");
        return this;
    }

    List<Path> dirs() {
        return dirs;
    }

    /** A control's value: the first file that exists of the names, cgroup v1's and v2's. */
    Optional<String> value(String... names) {
        return dirs.stream()
                .flatMap(dir -> List.of(names).stream().map(dir::resolve))
                .filter(Files::exists)
                .map(file -> HostFolder.read(file).strip())
                .findFirst();
    }
}
