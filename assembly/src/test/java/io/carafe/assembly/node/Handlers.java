package io.carafe.assembly.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The handlers of other kinds than runc's, as this host has them. */
final class Handlers {
    static final List<String> NAMES = List.of("runc", "runsc", "shim");

    private static final List<Path> RUNSC =
            List.of(Path.of("/var/cache/carafe/gvisor/usr/bin/runsc"), Path.of("/usr/bin/runsc"));

    private Handlers() {}

    /** The sections of a configuration beside that of runc. */
    static String sections() {
        return """
                [handlers.runsc]
                provider = "gvisor"
                path = "%s"
                network = "host"
                [handlers.shim]
                provider = "shim"
                path = "/usr/bin/containerd-shim-runc-v2"
                """.formatted(runsc());
    }

    private static Path runsc() {
        return RUNSC.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no runsc in " + RUNSC + ": scripts/runsc.sh fetches it"));
    }
}
