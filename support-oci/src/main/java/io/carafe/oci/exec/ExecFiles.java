package io.carafe.oci.exec;

import io.carafe.domain.process.TerminalSize;
import io.carafe.domain.spec.OciProcess;
import io.carafe.oci.bundle.Bundle;
import io.carafe.oci.conmon.MonitorFiles;
import io.carafe.oci.spec.SpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The files of one exec, below the directory of its container, so that they go with it after a crash.
 *
 * @param session its name, which no other has
 */
public record ExecFiles(String session, MonitorFiles files) implements AutoCloseable {
    public static final String STDOUT = "stdout";
    public static final String STDERR = "stderr";

    /**
     * @param container the container's directory
     * @param size that its terminal begins with, if it is known
     */
    public static ExecFiles make(Path container, OciProcess process, Optional<TerminalSize> size) throws IOException {
        ExecFiles exec = of(container, UUID.randomUUID().toString());
        exec.files.bundle().make();
        SpecJson.write(process, size, exec.process());
        return exec;
    }

    /** Those that are there. */
    public static List<ExecFiles> all(Path container) throws IOException {
        try (Stream<Path> sessions = Files.list(directory(container))) {
            return sessions.map(path -> of(container, String.valueOf(path.getFileName())))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static ExecFiles of(Path container, String session) {
        return new ExecFiles(
                session, new MonitorFiles(new Bundle(directory(container).resolve(session))));
    }

    private static Path directory(Path container) {
        return container.resolve("execs");
    }

    public Path process() {
        return file("process.json");
    }

    public Path file(String name) {
        return files.bundle().directory().resolve(name);
    }

    /** True once the command runs or has run: before, whatever goes wrong is the runtime's. */
    public boolean hasRun() throws IOException {
        return files.pid().isPresent();
    }

    @Override
    public void close() {
        files.bundle().remove();
    }
}
