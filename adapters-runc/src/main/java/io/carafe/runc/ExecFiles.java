package io.carafe.runc;

import io.carafe.domain.spec.OciProcess;
import io.carafe.oci.bundle.Bundle;
import io.carafe.oci.conmon.MonitorFiles;
import io.carafe.oci.spec.SpecJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/** The files of one exec, below the directory of its container, so that they go with it after a crash. */
record ExecFiles(String session, MonitorFiles files) implements AutoCloseable {
    static ExecFiles make(MonitoredContainer container, OciProcess process) throws IOException {
        String session = UUID.randomUUID().toString();
        ExecFiles exec = new ExecFiles(
                session,
                new MonitorFiles(
                        new Bundle(container.directory().resolve("execs").resolve(session))));
        exec.files.bundle().make();
        SpecJson.write(process, exec.process());
        return exec;
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
