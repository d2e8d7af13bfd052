package io.carafe.oci.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs the short sub-commands of a runtime, each with a deadline. The runtime's own log, from which its words are taken, is a file
 * {@code runtime.log} in the container's directory and is removed when the command went well.
 *
 * <p>Concurrency: safe for different containers.
 */
public record OciCli(OciCommandLine commands, Duration timeout) {
    private static final byte[] NOTHING = {};

    public void start(String id, Path directory) throws CommandFailure, InterruptedException {
        Path log = log(directory);
        run("start", id, commands.start(id, log), NOTHING, log);
    }

    /** Idempotent. */
    public void deleteByForce(String id, Path directory) throws CommandFailure, InterruptedException {
        Path log = log(directory);
        run("delete --force", id, commands.deleteByForce(id, log), NOTHING, log);
    }

    /** @param resources JSON as {@link io.carafe.oci.spec.SpecJson#update} makes it */
    public void update(String id, Path directory, byte[] resources) throws CommandFailure, InterruptedException {
        Path log = log(directory);
        run("update", id, commands.update(id, log), resources, log);
    }

    /**
     * Starts a command in a container in the foreground: the process ends with its exit code. It reads nothing; the two outputs may
     * be FIFOs that somebody has open for reading.
     *
     * @param pidFile exists once the command runs
     */
    public Process exec(String id, Path process, Path pidFile, Path log, Path stdout, Path stderr)
            throws CommandFailure {
        return ForegroundCommand.start("exec in " + id, commands.exec(id, process, pidFile, log), stdout, stderr);
    }

    /** The first line of {@code --version}, such as {@code runc version 1.1.5+ds1}. */
    public String version() throws CommandFailure, InterruptedException {
        return ShortCommand.run(commands.program() + " --version", commands.version(), NOTHING, timeout)
                .lines()
                .findFirst()
                .orElse("");
    }

    /** @throws CommandFailure also if the program is too old to have the sub-command */
    public RuntimeFeatures features() throws CommandFailure, InterruptedException {
        String label = commands.program() + " features";
        String text = ShortCommand.run(label, commands.features(), NOTHING, timeout);
        try {
            return RuntimeFeatures.parse(text);
        } catch (IOException e) {
            throw new CommandFailure.BadExit(
                    label, 0, "not JSON: " + text.lines().findFirst().orElse(""));
        }
    }

    private void run(String what, String id, List<String> argv, byte[] input, Path log)
            throws CommandFailure, InterruptedException {
        String label = commands.program().getFileName() + " " + what + " " + id;
        try {
            Files.deleteIfExists(log);
            ShortCommand.run(label, argv, input, timeout);
            Files.deleteIfExists(log);
        } catch (CommandFailure.BadExit e) {
            String words = new RuntimeLog(log).lastError();
            throw words.isEmpty() ? e : new CommandFailure.BadExit(label, e.code(), words);
        } catch (IOException e) {
            throw new UncheckedIOException(label + ": remove " + log, e);
        }
    }

    private static Path log(Path directory) {
        return directory.resolve("runtime.log");
    }
}
