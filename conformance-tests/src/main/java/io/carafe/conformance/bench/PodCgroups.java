package io.carafe.conformance.bench;

import io.carafe.cri.v1.CgroupDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The pods' cgroup parents. A kubelet owns these and removes them itself, so the suite does: those that cgroupfs left in
 * any hierarchy; systemd collects its empty slices.
 */
final class PodCgroups implements AutoCloseable {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private final CgroupDriver driver;
    private final String top;
    private final List<String> parents = new ArrayList<>();

    PodCgroups(CgroupDriver driver, String runId) {
        this.driver = driver;
        this.top = "carafe_conformance_" + runId;
    }

    String parentOf(String uid) {
        if (driver == CgroupDriver.SYSTEMD) {
            return top + "-pod" + uid.replace("-", "_") + ".slice";
        }
        var parent = "/" + top + "/pod" + uid;
        parents.add(parent);
        return parent;
    }

    @Override
    public void close() throws IOException {
        for (var hierarchy : hierarchies()) {
            for (var parent : parents) {
                var dir = hierarchy.resolve(parent.substring(1));
                if (Files.isDirectory(dir)) {
                    removeTree(dir);
                }
            }
        }
    }

    private static List<Path> hierarchies() throws IOException {
        try (var children = Files.list(ROOT)) {
            var all = new ArrayList<>(children.filter(Files::isDirectory)
                    .filter(dir -> !Files.isSymbolicLink(dir))
                    .toList());
            all.add(ROOT);
            return all;
        }
    }

    private static void removeTree(Path dir) throws IOException {
        try (var all = Files.walk(dir)) {
            for (var each : all.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                Files.delete(each);
            }
        }
    }
}
