package io.carafe.runc;

import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.tck.runtime.HandlerKit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The handlers under test. */
final class Kits {
    private static final Map<RuntimeFeature, String> MISSING = Map.of(
            RuntimeFeature.CHECKPOINT, "not made",
            RuntimeFeature.USER_NAMESPACES, "not made",
            RuntimeFeature.PAUSE, "the port has none");

    private Kits() {}

    /**
     * crun refuses hosts that have cgroups of both versions, so where this one has, it is run without sight of version 2. It must
     * not be asked for features: 1.8 of Debian 12 has no such sub-command.
     */
    static HandlerKit crun() {
        return new HandlerKit(
                new RuncProvider(), Map.of(RuncOptions.PATH, crunProgram().toString()), MISSING);
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
                    exec unshare --mount --propagation private \\
                      sh -c 'umount /sys/fs/cgroup/unified; exec /usr/bin/crun "$@"' crun "$@"
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
