package io.carafe.linux.cgroup;

import io.carafe.linux.file.ControlFile;
import java.nio.file.Path;

/** In version 1 a new cpuset has neither CPUs nor memory nodes, and takes no process until it has both. */
final class Cpuset {
    private Cpuset() {}

    static void inherit(Path parent, Path child) {
        inherit(parent, child, "cpuset.cpus");
        inherit(parent, child, "cpuset.mems");
    }

    private static void inherit(Path parent, Path child, String file) {
        boolean unset =
                ControlFile.read(child.resolve(file)).map(String::isBlank).orElse(false);
        if (unset) {
            ControlFile.read(parent.resolve(file))
                    .map(String::strip)
                    .ifPresent(value -> ControlFile.write(child.resolve(file), value));
        }
    }
}
