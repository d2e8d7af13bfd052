package io.carafe.cli.verb;

import io.carafe.cri.v1.PodSandbox;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The log folders of pods that {@code carafe run} made: a folder per pod, which goes with the pod. */
final class RunLogs {
    /** On those pods: their folder. CRI does not tell a pod's. */
    static final String ANNOTATION = "carafe.io/run-log-directory";

    /** The folder of the folders. */
    static final String DEFAULT_ROOT = "/var/log/carafe";

    private RunLogs() {}

    private static String name(String podName, String uid) {
        return podName + "_" + uid;
    }

    static Path create(Path root, String podName, String uid) throws IOException {
        return Files.createDirectories(root.resolve(name(podName, uid)));
    }

    /** Removes the log of a pod that {@code carafe run} made; of another pod nothing. */
    static void removeOf(PodSandbox pod) throws IOException {
        var metadata = pod.getMetadata();
        var folder = Path.of(pod.getAnnotationsOrDefault(ANNOTATION, ""));
        // a kubelet hands on what users annotate: nobody is to name the folder of another pod
        if (folder.endsWith(name(metadata.getName(), metadata.getUid()))) {
            remove(folder);
        }
    }

    static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(RunConfigs.LOG_PATH));
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Rotated logs, or somebody else's files: not ours to judge.
        }
    }
}
