package io.carafe.runc;

import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.oci.cli.Programs;
import io.carafe.ports.spi.Options;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code [handlers.NAME]} section of provider runc.
 *
 * @param program runc or crun, where one is given or found
 * @param root the runtime's state, empty for the default below the run directory
 * @param monitorInPodCgroup whether conmon is accounted to its pod; else it stays in the daemon's cgroup
 * @param noPivot for hosts whose root file system is an initramfs, from which pivot_root(2) is impossible
 */
record RuncOptions(
        Optional<Path> program,
        Optional<Path> conmon,
        Optional<Path> root,
        boolean monitorInPodCgroup,
        boolean noPivot) {
    static final String PATH = "path";
    static final String CONMON_PATH = "conmon_path";
    static final String ROOT = "root";
    static final String MONITOR_IN_POD_CGROUP = "monitor_in_pod_cgroup";
    static final String NO_PIVOT = "no_pivot";
    static final Set<String> NAMES = Set.of(PATH, CONMON_PATH, ROOT, MONITOR_IN_POD_CGROUP, NO_PIVOT);

    static RuncOptions of(Options options) {
        return new RuncOptions(
                options.text(PATH).map(Path::of).or(() -> Programs.find("runc")),
                options.text(CONMON_PATH).map(Path::of).or(() -> Programs.find("conmon")),
                options.text(ROOT).map(Path::of),
                options.flag(MONITOR_IN_POD_CGROUP, true),
                options.flag(NO_PIVOT, false));
    }

    /** What is asked for and cannot be done: with systemd a scope for conmon would have to be asked for over D-Bus. */
    static Optional<String> unhonoured(Options options, CgroupDriver driver) {
        return driver == CgroupDriver.SYSTEMD && options.flag(MONITOR_IN_POD_CGROUP, false)
                ? Optional.of(MONITOR_IN_POD_CGROUP + " = true has no effect with cgroup_driver \"systemd\":"
                        + " conmon stays in the daemon's unit; leave it out, or use \"cgroupfs\"")
                : Optional.empty();
    }

    /** Where the program is, or would be: the handler must also be made when it has gone. */
    Path programOrDefault() {
        return program.orElse(Path.of("/usr/sbin/runc"));
    }

    Path conmonOrDefault() {
        return conmon.orElse(Path.of("/usr/bin/conmon"));
    }
}
