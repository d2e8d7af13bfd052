package io.carafe.runc;

import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.file.ControlFile;
import io.carafe.linux.libc.LinuxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a container is paused. We pause none, but {@code runc pause} by hand does.
 *
 * <p>Source: freezer-subsystem.rst for version 1, cgroup-v2.rst for version 2.
 */
record Freezer(Cgroup cgroup) {
    boolean isFrozen() {
        return cgroup.directory("freezer")
                .filter(directory ->
                        has(directory, "freezer.state", "FROZEN") || has(directory, "cgroup.events", "frozen 1"))
                .isPresent();
    }

    /** Lets it run on: in version 1 a frozen process does not even take KILL. */
    void thaw() {
        cgroup.directory("freezer")
                .map(directory -> directory.resolve("freezer.state"))
                .filter(Files::exists)
                .ifPresent(Freezer::thaw);
    }

    private static void thaw(Path state) {
        try {
            ControlFile.write(state, "THAWED");
        } catch (LinuxException e) {
            if (!e.isMissing()) {
                throw e;
            }
        }
    }

    private static boolean has(Path directory, String file, String text) {
        return ControlFile.read(directory.resolve(file))
                .filter(content -> content.contains(text))
                .isPresent();
    }
}
