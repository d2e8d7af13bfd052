package io.carafe.runc;

import io.carafe.domain.spec.OciProcess;
import io.carafe.oci.bundle.Bundle;
import io.carafe.oci.conmon.MonitorFiles;
import io.carafe.oci.spec.SpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The files of one exec, below the directory of its container, so that they go with it after a crash. */
record ExecFiles(String session, MonitorFiles files) implements AutoCloseable {
    static final String STDOUT = "stdout";
    static final String STDERR = "stderr";

    static ExecFiles make(MonitoredContainer container, OciProcess process) throws IOException {
        ExecFiles exec = of(container, UUID.randomUUID().toString());
        exec.files.bundle().make();
        SpecJson.write(process, exec.process());
        return exec;
    }

    /** Those that are there. */
    static List<ExecFiles> all(MonitoredContainer container) throws IOException {
        try (Stream<Path> sessions = Files.list(directory(container))) {
            return sessions.map(path -> of(container, String.valueOf(path.getFileName())))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static ExecFiles of(MonitoredContainer container, String session) {
        return new ExecFiles(
                session, new MonitorFiles(new Bundle(directory(container).resolve(session))));
    }

    private static Path directory(MonitoredContainer container) {
        return container.directory().resolve("execs");
    }

    Path process() {
        return file("process.json");
    }

    Path file(String name) {
        return files.bundle().directory().resolve(name);
    }

    /** True once the command runs or has run: before, whatever goes wrong is the runtime's. */
    boolean hasRun() throws IOException {
        return files.pid().isPresent();
    }

    @Override
    public void close() {
        files.bundle().remove();
    }
}
