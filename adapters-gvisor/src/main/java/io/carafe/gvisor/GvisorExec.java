package io.carafe.gvisor;

import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.exec.AttachedExec;
import io.carafe.ports.runtime.ExecSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A command with streams, under a conmon of its own. */
record GvisorExec(ProcessFamily family, AttachedExec exec, GvisorStreams streams) implements ExecSession {
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
        exec.close(_ -> {
            try {
                family.kill();
            } catch (CommandFailure e) {
                throw new IOException("end the command: " + e.getMessage(), e);
            }
        });
    }
}
