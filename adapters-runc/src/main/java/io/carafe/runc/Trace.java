package io.carafe.runc;

import io.carafe.domain.spec.OciSpec;
import io.carafe.linux.cgroup.SystemdSlice;
import io.carafe.oci.conmon.ConmonCommandLine;
import io.carafe.oci.json.Json;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What we must know of a container after a restart, written before anything of it is made.
 *
 * @param cgroup of its processes, from the root of the tree
 * @param monitorCgroup of its conmon, where it has one of its own
 * @param log CRI log; empty for none
 * @param ownPids whether it has a PID namespace of its own, so that the kernel ends all when its first process ends
 */
record Trace(
        String cgroup,
        Optional<String> monitorCgroup,
        Optional<String> log,
        boolean terminal,
        boolean stdin,
        boolean ownPids) {
    private static final Json JSON = new Json();
    private static final String FILE = "trace.json";

    static Trace of(OciSpec spec, Optional<String> monitorCgroup, ConmonCommandLine.Streams streams) {
        boolean ownPids = spec.linux().namespaces().stream()
                .anyMatch(namespace ->
                        namespace.type().equals("pid") && namespace.path().isEmpty());
        return new Trace(
                cgroup(spec.linux().cgroupsPath()),
                monitorCgroup,
                streams.log().map(Path::toString),
                streams.terminal(),
                streams.stdin(),
                ownPids);
    }

    void write(Path directory) throws IOException {
        JSON.write(this, directory.resolve(FILE));
    }

    /** Empty if the daemon ended before it was written: then nothing else was made. */
    static Optional<Trace> read(Path directory) throws IOException {
        try {
            return Optional.of(JSON.read(directory.resolve(FILE), Trace.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Where {@code linux.cgroupsPath} leads: a path, or {@code slice:prefix:name} for systemd. */
    private static String cgroup(String cgroupsPath) {
        String[] parts = cgroupsPath.split(":", -1);
        return parts.length == 3 ? new SystemdSlice(parts[0]).scopePath(parts[1], parts[2]) : cgroupsPath;
    }
}
