package io.carafe.oci.shim;

import io.carafe.domain.fault.DurationText;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.ttrpc.ProtoFields;
import io.carafe.oci.ttrpc.ProtoMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The program of a shim: its actions start and delete, each a short process.
 *
 * <p>Which dialect a shim wants on standard input nobody can tell beforehand, and the wrong one makes it fail at once; so one is tried,
 * then the other, and what worked is remembered for that file.
 *
 * <p>Concurrency: safe.
 *
 * @param address names us: shims of two daemons with different addresses never meet, for their sockets are named after it
 */
public record ShimProgram(Path program, String address, Duration timeout, Map<Object, Dialect> dialects) {
    /** All tasks of all shims are in it. */
    public static final String NAMESPACE = "k8s.io";

    /** What the start action reads. */
    public enum Dialect {
        /** The options, as containerd up to 2.2 hands them over; Kata and gVisor do not look. */
        OPTIONS,
        /** BootstrapParams, from 2.3. */
        PARAMETERS
    }

    private record Version(Path program, FileTime modified) {}

    private record Output(int code, byte[] stdout, String words) {}

    public ShimProgram(Path program, String address, Duration timeout) {
        this(program, address, timeout, new ConcurrentHashMap<>());
    }

    /**
     * Starts the shim for {@code id}, or finds the one that its config.json belongs to.
     *
     * @param bundle has config.json
     */
    public Bootstrap start(String id, Path bundle, TypedMessage options)
            throws CommandFailure, IOException, InterruptedException {
        Version version = new Version(program, modified());
        Optional<Dialect> known = Optional.ofNullable(dialects.get(version));
        List<Dialect> toTry = known.map(List::of).orElse(List.of(Dialect.OPTIONS, Dialect.PARAMETERS));
        List<String> words = new ArrayList<>();
        for (Dialect dialect : toTry) {
            Output output = run("start", id, bundle, input(dialect, id, options));
            if (output.code() == 0) {
                dialects.put(version, dialect);
                return Bootstrap.parse(output.stdout());
            }
            words.add(output.words());
        }
        throw new CommandFailure.BadExit(program + " start", 1, String.join("; or: ", words));
    }

    /** Ends by force and cleans up what a shim that is dead has left of one task; how the task ended, as the shim sees it. */
    public TaskExit delete(String id, Path bundle) throws CommandFailure, IOException, InterruptedException {
        Output output = run("delete", id, bundle, new byte[0]);
        if (output.code() != 0) {
            throw new CommandFailure.BadExit(program + " delete", output.code(), output.words());
        }
        return TaskExit.ofDeletion(ProtoFields.parse(output.stdout()));
    }

    private byte[] input(Dialect dialect, String id, TypedMessage options) {
        return switch (dialect) {
            case OPTIONS -> options.toProto().toBytes();
            case PARAMETERS ->
                new ProtoMessage()
                        .text(1, id)
                        .text(2, NAMESPACE)
                        .text(6, address)
                        .message(8, new ProtoMessage().message(1, options.toProto()))
                        .toBytes();
        };
    }

    private Output run(String action, String id, Path bundle, byte[] input)
            throws CommandFailure, IOException, InterruptedException {
        String label = program + " " + action;
        List<String> argv = new ArrayList<>(List.of(
                program.toString(), "-namespace", NAMESPACE, "-address", address, "-publish-binary", "/bin/true"));
        argv.addAll(List.of("-id", id));
        if (action.equals("delete")) {
            argv.addAll(List.of("-bundle", bundle.toString()));
        }
        argv.add(action);
        // Files, not pipes: what the shim leaves running may hold its output open.
        Path stdout = Files.createTempFile(bundle, ".shim-" + action, ".out");
        Path stderr = Files.createTempFile(bundle, ".shim-" + action, ".err");
        Process process = launch(label, argv, bundle, stdout, stderr);
        try {
            feed(process, input);
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CommandFailure.Killed(
                        label + ": did not end within " + DurationText.of(timeout) + " and was killed");
            }
            return new Output(
                    process.exitValue(),
                    Files.readAllBytes(stdout),
                    Files.readString(stderr).strip());
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(stdout);
            Files.deleteIfExists(stderr);
        }
    }

    private static Process launch(String label, List<String> argv, Path bundle, Path stdout, Path stderr)
            throws CommandFailure {
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(bundle.toFile())
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile());
        Map<String, String> environment = builder.environment();
        Optional<String> path = Optional.ofNullable(environment.get("PATH"));
        environment.clear();
        environment.putAll(Map.of(
                "PATH", path.orElse("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
                "MAX_SHIM_VERSION", "3",
                // no events: what they would tell, a pending Wait tells
                "TTRPC_ADDRESS", "",
                "NAMESPACE", NAMESPACE,
                "GOMAXPROCS", "2"));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new CommandFailure.NotStarted(label + ": cannot run " + argv.getFirst(), e);
        }
    }

    private FileTime modified() {
        try {
            return Files.getLastModifiedTime(program);
        } catch (IOException e) {
            // running it will tell
            return FileTime.fromMillis(0);
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
