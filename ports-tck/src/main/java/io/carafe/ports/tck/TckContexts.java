package io.carafe.ports.tck;

import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.spi.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** Backend contexts in a temporary directory, for tests of adapters. */
public final class TckContexts {
    private TckContexts() {}

    /** A context whose three directories are {@code directory}/state, run and s; keep {@code directory} short. */
    public static BackendContext in(Path directory, Map<String, String> options) {
        try {
            return new BackendContext(
                    Files.createDirectories(directory.resolve("state")),
                    Files.createDirectories(directory.resolve("run")),
                    Files.createDirectories(directory.resolve("s")),
                    new Options(options),
                    InstantSource.system(),
                    new TckTasks());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
