package io.carafe.cli.verb;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The log folders of pods that {@code carafe run} made: a folder per pod, which goes when it is empty. */
final class RunLogs {
    /** Marks those pods. */
    static final String LABEL = "carafe.io/made-by";

    static final String LABEL_VALUE = "carafe-run";

    /** The folder of the folders. */
    static final String DEFAULT_ROOT = "/var/log/carafe";

    private RunLogs() {}

    static boolean isOurs(Map<String, String> labels) {
        return LABEL_VALUE.equals(labels.get(LABEL));
    }

    static Path create(Path root, String podName, String uid) throws IOException {
        return Files.createDirectories(root.resolve(podName + "_" + uid));
    }

    /** Removes log files and what is then empty of their folders. */
    static void remove(List<Path> files) throws IOException {
        for (var file : files) {
            Files.deleteIfExists(file);
            var folder = file.getParent();
            if (folder != null) {
                removeFolder(folder);
            }
        }
    }

    static void removeFolder(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Rotated logs, or somebody else's files: not ours to judge.
        }
    }
}
