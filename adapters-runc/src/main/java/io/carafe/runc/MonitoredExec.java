package io.carafe.runc;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.linux.process.ProcessTable;
import io.carafe.oci.exec.AttachedExec;
import io.carafe.oci.exec.ExecFiles;
import io.carafe.ports.runtime.ExecSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** A command with streams, under a conmon of its own. */
record MonitoredExec(
        RuncTools tools, MonitoredContainer container, ExecFiles files, AttachedExec exec, MonitoredStreams streams)
        implements ExecSession {
    @Override
    public OutputStream stdin() {
        return streams.stdin();
    }

    @Override
    public InputStream stdout() {
        return streams.stdout();
    }

    @Override
    public InputStream stderr() {
        return streams.stderr();
    }

    @Override
    public void resize(int width, int height) {
        streams.resize(width, height);
    }

    @Override
    public int waitFor() throws InterruptedException {
        return exec.waitFor();
    }

    @Override
    public void close() throws IOException {
        exec.close(this::killProcesses);
    }

    private void killProcesses(long monitor) throws IOException {
        Optional<ProcessIdentity> runtime = ProcessTable.HOST.identify(monitor);
        if (runtime.isPresent()) {
            ExecFamily.of(tools, container, files, runtime.get()).kill();
        }
    }
}
