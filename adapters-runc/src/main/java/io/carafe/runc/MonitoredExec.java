package io.carafe.runc;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.linux.process.ProcessTable;
import io.carafe.oci.conmon.MonitorStreams;
import io.carafe.oci.exec.AttachedExec;
import io.carafe.oci.exec.ExecFiles;
import io.carafe.ports.runtime.ExecSession;
import java.io.IOException;
import java.util.Optional;

/** A command with streams, under a conmon of its own. */
final class MonitoredExec extends MonitorStreams implements ExecSession {
    private final RuncTools tools;
    private final MonitoredContainer container;
    private final ExecFiles files;
    private final AttachedExec exec;

    MonitoredExec(RuncTools tools, MonitoredContainer container, ExecFiles files, AttachedExec exec, boolean terminal) {
        super(exec.connection(), exec.control(), terminal);
        this.tools = tools;
        this.container = container;
        this.files = files;
        this.exec = exec;
    }

    @Override
    public int waitFor() throws InterruptedException {
        return exec.waitFor();
    }

    @Override
    public void close() throws IOException {
        exec.close(monitor -> {
            Optional<ProcessIdentity> runtime = ProcessTable.HOST.identify(monitor);
            if (runtime.isPresent()) {
                ExecFamily.of(tools, container, files, runtime.get()).kill();
            }
        });
    }
}
