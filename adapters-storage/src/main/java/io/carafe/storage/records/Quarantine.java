package io.carafe.storage.records;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * Records that could not be read, kept under another name beside where they were, each with the reason in a file of its own, until
 * a person removes them.
 */
final class Quarantine {
    private static final String PREFIX = ".quarantined-";
    private static final String REASON = ".reason";

    private final Map<Path, String> reasons = new ConcurrentSkipListMap<>();

    /** Finds what earlier starts have set aside. */
    Quarantine(Path root) throws IOException {
        for (Path folder : children(root)) {
            for (Path file : children(folder)) {
                String name = file.getFileName().toString();
                if (name.startsWith(PREFIX) && !name.endsWith(REASON)) {
                    Path reason = folder.resolve(name + REASON);
                    reasons.put(
                            file,
                            Files.exists(reason)
                                    ? Files.readString(reason).strip()
                                    : "it could not be read at an earlier start");
                }
            }
        }
    }

    /** Answers the new name and the reason, as {@link #list} will. */
    String setAside(RecordDirectory directory, Path file, String reason) throws IOException {
        String name =
                PREFIX + file.getFileName() + "-" + UUID.randomUUID().toString().substring(0, 8);
        directory.replace(name + REASON, (reason + "\n").getBytes(StandardCharsets.UTF_8));
        directory.rename(file, name);
        Path kept = directory.path().resolve(name);
        reasons.put(kept, reason);
        return shown(kept, reason);
    }

    List<String> list() {
        List<String> shown = new ArrayList<>();
        reasons.forEach((file, reason) -> {
            if (Files.exists(file)) {
                shown.add(shown(file, reason));
            }
        });
        return shown;
    }

    /** The names of the files of one folder before they were set aside. */
    List<String> files(Path folder) {
        return reasons.keySet().stream()
                .filter(file -> folder.equals(file.getParent()) && Files.exists(file))
                .map(file -> file.getFileName().toString())
                .map(name -> name.substring(PREFIX.length(), name.lastIndexOf('-')))
                .toList();
    }

    private static String shown(Path file, String reason) {
        return file + ": " + reason;
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        }
    }
}
