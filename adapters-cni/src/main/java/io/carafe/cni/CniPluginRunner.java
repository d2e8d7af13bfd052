package io.carafe.cni;

import io.carafe.domain.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs plugins, each bounded in time and output. Their streams are files in the run directory, not pipes: nothing blocks however
 * much is written before anything is read, and a process that a plugin leaves behind holds nothing of ours open.
 *
 * <p>Concurrency: safe. On interrupt the plugin and its children are killed first.
 */
final class CniPluginRunner {
    private static final long MOST_OUTPUT = 4L << 20;
    private static final Duration SLICE = Duration.ofMillis(200);
    private static final Duration DEATH = Duration.ofSeconds(5);

    private final Path scratch;
    private final Duration timeout;
    private final AtomicLong counter = new AtomicLong();

    CniPluginRunner(Path runDirectory, Duration timeout) {
        this.scratch = runDirectory.resolve("calls");
        this.timeout = timeout;
        try {
            Files.createDirectories(scratch);
            try (var leftovers = Files.newDirectoryStream(scratch)) {
                for (Path leftover : leftovers) {
                    Files.deleteIfExists(leftover);
                }
            }
        } catch (IOException e) {
            throw new Fault.Unavailable("prepare " + scratch + " for CNI plugins: " + e, e);
        }
    }

    /**
     * What the plugin printed.
     *
     * @throws Fault.Unavailable if it could not be started or failed, with its own words
     * @throws Fault.TimedOut if it was killed because its time was up
     */
    byte[] run(CniPluginCommand command) throws InterruptedException {
        return run(command, timeout);
    }

    /** @param most how long it may take, if that is less than the configured time */
    byte[] run(CniPluginCommand command, Duration most) throws InterruptedException {
        Duration limit = most.compareTo(timeout) < 0 ? most : timeout;
        String name = Long.toString(counter.incrementAndGet());
        Path in = scratch.resolve(name + ".in");
        Path out = scratch.resolve(name + ".out");
        Path err = scratch.resolve(name + ".err");
        try {
            Files.write(in, CniJson.bytes(command.input()));
            Process process = start(command, in, out, err);
            try {
                awaitExit(command, process, limit, out, err);
            } finally {
                kill(process);
            }
            byte[] stdout = Files.readAllBytes(out);
            if (process.exitValue() != 0) {
                throw new Fault.Unavailable(command + " failed: "
                        + CniPluginError.describe(process.exitValue(), stdout, Files.readAllBytes(err)));
            }
            return stdout;
        } catch (IOException e) {
            throw new Fault.Unavailable(command + " could not be run: " + e.getMessage(), e);
        } finally {
            delete(in, out, err);
        }
    }

    private static Process start(CniPluginCommand command, Path in, Path out, Path err) throws IOException {
        var builder = new ProcessBuilder(command.program().toString())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("CNI_"));
        builder.environment().putAll(command.environment());
        return builder.start();
    }

    private static void awaitExit(CniPluginCommand command, Process process, Duration limit, Path out, Path err)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Duration left = limit;
        while (!process.waitFor(left.compareTo(SLICE) < 0 ? left : SLICE)) {
            if (Files.size(out) + Files.size(err) > MOST_OUTPUT) {
                throw new Fault.Unavailable(command + " was killed: it printed more than " + MOST_OUTPUT + " bytes");
            }
            left = limit.minusNanos(System.nanoTime() - start);
            if (!left.isPositive()) {
                String said = CniPluginError.tail(Files.readAllBytes(err));
                throw new Fault.TimedOut(command + " was killed: it did not end within " + limit.toSeconds() + " s"
                        + (said.isEmpty() ? "" : "; stderr: " + said));
            }
        }
    }

    /** Kills the plugin if it lives, with what it has started; one that cannot die (state D) is left after a while. */
    private static void kill(Process process) throws InterruptedException {
        if (process.isAlive()) {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            process.waitFor(DEATH);
        }
    }

    private static void delete(Path... files) {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException _) {
                // it is in a directory that is emptied at the next start
            }
        }
    }
}
