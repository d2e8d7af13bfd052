package io.carafe.assembly.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A distribution in a directory: the one that the build made, or a copy. */
record BuiltDistribution(Path home) {
    /** Two JVMs, one after the other, on a machine that has more to do. */
    private static final int PATIENCE_SECONDS = 300;

    static BuiltDistribution built() {
        return new BuiltDistribution(Path.of("target", "carafe").toAbsolutePath());
    }

    record Ended(int status, String out, String err) {}

    /** A copy with new times, as {@code cp -r} makes it. */
    BuiltDistribution copiedTo(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            files.forEach(file -> {
                try {
                    Path copy = target.resolve(home.relativize(file).toString());
                    Files.copy(file, copy);
                    copy.toFile().setExecutable(Files.isExecutable(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return new BuiltDistribution(target);
    }

    Ended carafed(String... arguments) throws IOException, InterruptedException {
        return run(home.resolve("bin/carafed"), arguments);
    }

    static Ended run(Path program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        command + " does not end: " + Files.readString(err) + Files.readString(out));
            }
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
