package io.carafe.gvisor;

import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.conmon.MonitorStreams;
import io.carafe.oci.exec.AttachedExec;
import io.carafe.ports.runtime.ExecSession;
import java.io.IOException;

/** A command with streams, under a conmon of its own. */
final class GvisorExec extends MonitorStreams implements ExecSession {
    private final ProcessFamily family;
    private final AttachedExec exec;

    GvisorExec(ProcessFamily family, AttachedExec exec, boolean terminal) {
        super(exec.connection(), exec.control(), terminal);
        this.family = family;
        this.exec = exec;
    }

    @Override
    public int waitFor() throws InterruptedException {
        return exec.waitFor();
    }

    @Override
    public void close() throws IOException {
        exec.close(_ -> {
            try {
                family.kill();
            } catch (CommandFailure e) {
                throw new IOException("end the command: " + e.getMessage(), e);
            }
        });
    }
}
