package io.carafe.gvisor;

import io.carafe.domain.spec.OciSpec;
import io.carafe.linux.cgroup.SystemdSlice;
import io.carafe.oci.conmon.ConmonCommandLine;
import io.carafe.oci.json.Json;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What we must know of a container or sandbox after a restart, written before anything of it is made.
 *
 * @param sandbox id of its sandbox
 * @param cgroup made by runsc, from the root of the tree: a sandbox' own; a container's is empty and only there to be found
 * @param monitorCgroup of its conmon, where it has one of its own
 * @param command what it shall run, for messages
 * @param log CRI log; empty for none
 */
record Trace(
        String sandbox,
        String cgroup,
        Optional<String> monitorCgroup,
        String command,
        Optional<String> log,
        boolean terminal,
        boolean stdin) {
    private static final Json JSON = new Json();
    private static final String FILE = "trace.json";

    static Trace of(String sandbox, OciSpec spec, Optional<String> monitorCgroup, ConmonCommandLine.Streams streams) {
        return new Trace(
                sandbox,
                cgroup(spec.linux().cgroupsPath()),
                monitorCgroup,
                spec.process().args().getFirst(),
                streams.log().map(Path::toString),
                streams.terminal(),
                streams.stdin());
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
