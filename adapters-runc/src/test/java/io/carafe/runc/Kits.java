package io.carafe.runc;

import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.tck.runtime.HandlerKit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.Map;

/** The handlers under test. */
final class Kits {
    private static final Map<RuntimeFeature, String> MISSING = Map.of(
            RuntimeFeature.CHECKPOINT, "not made",
            RuntimeFeature.USER_NAMESPACES, "not made",
            RuntimeFeature.PAUSE, "the port has none");

    private Kits() {}

    /**
     * crun refuses hosts that have cgroups of both versions, so where this one has, it is run without sight of version 2. 1.8 of
     * Debian 12 has no sub-command that tells its features.
     */
    static HandlerKit crun() {
        Map<RuntimeFeature, String> missing = new EnumMap<>(MISSING);
        missing.put(RuntimeFeature.RECURSIVE_READ_ONLY_MOUNTS, "crun knows them from 1.9, Debian 12 has 1.8");
        return new HandlerKit(
                new RuncProvider(), Map.of(RuncOptions.PATH, crunProgram().toString()), missing);
    }

    private static Path crunProgram() {
        if (CgroupHierarchy.detect().mode() != CgroupHierarchy.Mode.HYBRID) {
            return Path.of("/usr/bin/crun");
        }
        try {
            Path directory = Files.createTempDirectory("crun-kit");
            Path script = directory.resolve("crun");
            Files.writeString(script, """
                    #!/bin/sh
                    # The mounts but those of cgroups stay in the peer groups of the host's.
                    exec unshare --mount --propagation unchanged sh -c '
                        mount --make-private /sys/fs/cgroup && umount /sys/fs/cgroup/unified && exec /usr/bin/crun "$@"
                        ' crun "$@"
                    """);
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            directory.toFile().deleteOnExit();
            script.toFile().deleteOnExit();
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HandlerKit runc() {
        return new HandlerKit(new RuncProvider(), Map.of(), MISSING);
    }
}
