package io.carafe.oci.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A command that runs as long as what it started in a container. */
public final class ForegroundCommand {
    private ForegroundCommand() {}

    /**
     * Starts it. It reads nothing; the two outputs may be FIFOs that somebody has open for reading.
     *
     * @param label what is attempted, for people
     */
    public static Process start(String label, List<String> argv, Path stdout, Path stderr) throws CommandFailure {
        try {
            return new ProcessBuilder(argv)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(stdout.toFile())
                    .redirectError(stderr.toFile())
                    .start();
        } catch (IOException e) {
            throw new CommandFailure.NotStarted(label + ": cannot run " + argv.getFirst(), e);
        }
    }
}
