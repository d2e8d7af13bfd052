package io.carafe.kata;

import io.carafe.domain.spec.OciSpec;
import io.carafe.linux.cgroup.SystemdSlice;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What we must know of a task after a restart, written before anything of it is made.
 *
 * @param sandbox whose shim it belongs to
 * @param cgroup of its processes, from the root of the tree; meaningful where they are the host's
 * @param log CRI log; empty for none
 * @param output whether anybody reads what it writes
 * @param input whether it has a standard input
 * @param inputOnce whether that ends with the first client that ends its own
 */
record TaskTrace(
        String sandbox,
        String cgroup,
        Optional<String> log,
        boolean terminal,
        boolean output,
        boolean input,
        boolean inputOnce) {
    static TaskTrace ofSandbox(String sandbox, OciSpec spec) {
        return new TaskTrace(sandbox, cgroup(spec.linux().cgroupsPath()), Optional.empty(), false, false, false, false);
    }

    static TaskTrace ofContainer(String sandbox, OciSpec spec, Optional<Path> log, boolean stdin, boolean stdinOnce) {
        boolean terminal = spec.process().terminal();
        return new TaskTrace(
                sandbox,
                cgroup(spec.linux().cgroupsPath()),
                log.map(Path::toString),
                terminal,
                true,
                stdin || terminal,
                stdinOnce);
    }

    /** Where {@code linux.cgroupsPath} leads: a path, or {@code slice:prefix:name} for systemd. */
    private static String cgroup(String cgroupsPath) {
        String[] parts = cgroupsPath.split(":", -1);
        return parts.length == 3 ? new SystemdSlice(parts[0]).scopePath(parts[1], parts[2]) : cgroupsPath;
    }
}
