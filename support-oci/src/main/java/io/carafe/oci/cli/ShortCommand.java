package io.carafe.oci.cli;

import io.carafe.domain.fault.DurationText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that ends soon and says little.
 *
 * <p>Its output is read when it has ended, so that no thread is needed: more than a pipe holds (64 KiB) would stop it until the
 * deadline. Concurrency: safe, each call is a process of its own.
 */
public final class ShortCommand {
    private ShortCommand() {}

    /**
     * Runs it to its end.
     *
     * @param label how messages call it
     * @param input its standard input
     * @return standard output and error, as they came
     * @throws InterruptedException if interrupted; the program was killed
     */
    public static String run(String label, List<String> argv, byte[] input, Duration timeout)
            throws CommandFailure, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new CommandFailure.NotStarted(label + ": cannot run " + argv.getFirst(), e);
        }
        try {
            feed(process, input);
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CommandFailure.Killed(
                        label + ": did not end within " + DurationText.of(timeout) + " and was killed");
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new CommandFailure.BadExit(label, process.exitValue(), output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new CommandFailure.NotStarted(label + ": cannot read the output of " + argv.getFirst(), e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void feed(Process process, byte[] input) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input);
        } catch (IOException e) {
            // it ended without reading: its exit code tells why
        }
    }
}
