package io.carafe.assembly.daemon;

import io.carafe.assembly.config.DaemonSettings;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.spi.Options;
import io.carafe.ports.spi.Tasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;

/** The daemon's directories and what each backend has of them. */
public final class Directories {
    private final DaemonSettings settings;

    private Directories(DaemonSettings settings) {
        this.settings = settings;
    }

    /** Makes what is missing. Others may pass through, as the root of a user namespace has to, but not look around. */
    public static Directories make(DaemonSettings settings) throws StartFailure {
        for (Path directory : List.of(settings.root(), settings.run(), settings.sockets())) {
            try {
                make(directory);
            } catch (IOException e) {
                throw new StartFailure("cannot make " + directory + ": " + e, e);
            }
        }
        return new Directories(settings);
    }

    /** Those of a handler; its name is a DNS label. */
    public BackendContext ofHandler(String name, Options options, InstantSource clock, Tasks tasks) {
        return context(Path.of("handlers", name), name, options, clock, tasks);
    }

    /** Those of the one backend of a section; the underscore keeps its sockets apart from any handler's. */
    public BackendContext ofSection(String section, Options options, InstantSource clock, Tasks tasks) {
        return context(Path.of(section), "_" + section, options, clock, tasks);
    }

    private BackendContext context(Path own, String sockets, Options options, InstantSource clock, Tasks tasks) {
        try {
            return new BackendContext(
                    make(settings.root().resolve(own)),
                    make(settings.run().resolve(own)),
                    make(settings.sockets().resolve(sockets)),
                    options,
                    clock,
                    tasks);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the directories of " + own, e);
        }
    }

    private static Path make(Path directory) throws IOException {
        return Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    }
}
