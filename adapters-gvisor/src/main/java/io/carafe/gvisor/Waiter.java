package io.carafe.gvisor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The script that conmon takes for a runtime: it makes a container in a sandbox look like a process of the host, and goes on without
 * us. Installed under its version, so that another version disturbs nobody who runs.
 *
 * <p>Files of a container beside conmon's: see the head of the script.
 */
record Waiter(Path program) {
    /** To be raised with every change of the script. */
    private static final int VERSION = 1;

    static final String START = "start";
    static final String ANSWER = "answer";
    static final String STARTED = "started";
    static final String STATUS = "status";
    static final String ORPHANED = "orphaned";
    static final String INTERNAL_PID = "internal-pid";

    /** The exit code of a waiter whose container could not be started. */
    static final int REFUSED = 128;

    static Waiter in(Path directory) {
        return new Waiter(directory.resolve("waiter-" + VERSION));
    }

    /** Idempotent, also by several daemons at once. */
    void install() throws IOException {
        if (Files.isExecutable(program)) {
            return;
        }
        Files.createDirectories(program.toAbsolutePath().getParent());
        Path temporary = Files.createTempFile(program.toAbsolutePath().getParent(), ".waiter", "");
        try {
            Files.write(temporary, script());
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r-xr-xr-x"));
            Files.move(temporary, program, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    static byte[] script() throws IOException {
        try (InputStream resource = Waiter.class.getResourceAsStream("waiter.sh")) {
            if (resource == null) {
                throw new IOException("waiter.sh is not in the JAR");
            }
            return resource.readAllBytes();
        }
    }
}
