package com.example.unshare;

import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.spec.OciMount;
import io.carafe.domain.spec.OciSpec;
import io.carafe.ports.runtime.ContainerPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that is known of a container, in a directory that the daemon's death does not touch: the handler remembers nothing. It is there
 * as a whole or not at all.
 */
record ContainerFiles(Path directory) {
    boolean exist() {
        return Files.isDirectory(directory);
    }

    void create(ContainerPlan plan, Path unshare, ContainerCgroups cgroups) throws IOException {
        Path unfinished = unfinished();
        Files.createDirectories(unfinished);
        for (String script : List.of("monitor", "keep", "join", "container")) {
            try (InputStream source = ContainerFiles.class.getResourceAsStream(script)) {
                if (source == null) {
                    throw new IOException("the script '" + script + "' is not in the JAR beside " + ContainerFiles.class);
                }
                Files.copy(source, unfinished.resolve(script), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        OciSpec spec = plan.spec();
        Files.writeString(unfinished.resolve("root"), spec.root().path());
        Files.writeString(
                unfinished.resolve("log"), plan.logPath().map(Path::toString).orElse("/dev/null"));
        Files.writeString(unfinished.resolve("input"), plan.stdin() ? "open" : "none");
        Files.writeString(unfinished.resolve("command"), words(ContainerCommand.run(unshare, directory, spec)));
        Files.writeString(unfinished.resolve("mounts"), words(mounts(spec)));
        Files.writeString(
                unfinished.resolve("oom_score_adj"),
                spec.process().oomScoreAdj().stream().mapToObj(score -> score + "\n").collect(Collectors.joining()));
        Files.writeString(
                unfinished.resolve("cgroups"),
                cgroups.directories().stream().map(path -> path + "\n").collect(Collectors.joining()));
        Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    Path root() throws IOException {
        return Path.of(Files.readString(directory.resolve("root")));
    }

    ContainerCgroups cgroups() throws IOException {
        return new ContainerCgroups(Files.readAllLines(directory.resolve("cgroups")).stream()
                .map(Path::of)
                .toList());
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** What went wrong in the container before its command could run. */
    Optional<String> failure() throws IOException {
        return read("failure").map(String::strip);
    }

    Optional<ExitStatus> exit() throws IOException {
        Optional<String> written = read("exit");
        if (written.isEmpty()) {
            return Optional.empty();
        }
        var at = Files.getLastModifiedTime(file("exit")).toInstant();
        int code = Integer.parseInt(written.get().strip());
        return Optional.of(
                code == ExitStatus.UNKNOWN_CODE && Files.exists(file("lost"))
                        ? ExitStatus.unknown(at, "its monitor was killed before it could write the exit code")
                        : ExitStatus.of(code, at, false));
    }

    void writeExit(int code) throws IOException {
        Path file = Files.writeString(file("exit.new"), code + "\n");
        Files.move(file, file("exit"), StandardCopyOption.ATOMIC_MOVE);
    }

    void writeLost() throws IOException {
        Files.writeString(file("lost"), "");
        writeExit(ExitStatus.UNKNOWN_CODE);
    }

    void remove() throws IOException {
        for (Path tree : List.of(unfinished(), directory)) {
            if (Files.exists(tree)) {
                try (Stream<Path> files = Files.walk(tree)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
    }

    private Path unfinished() {
        return directory.resolveSibling(directory.getFileName() + ".new");
    }

    private Optional<String> read(String name) throws IOException {
        try {
            return Optional.of(Files.readString(file(name))).filter(text -> !text.isBlank());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static List<String> mounts(OciSpec spec) {
        List<String> words = new ArrayList<>();
        for (OciMount mount : spec.mounts()) {
            words.addAll(List.of(mount.destination(), mount.type(), mount.source(), String.join(",", mount.options())));
        }
        return words;
    }

    private static String words(List<String> words) {
        return words.stream().map(word -> word + "\0").collect(Collectors.joining());
    }
}
