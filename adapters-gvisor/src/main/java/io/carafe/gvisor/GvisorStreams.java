package io.carafe.gvisor;

import io.carafe.domain.fault.Fault;
import io.carafe.linux.libc.LinuxException;
import io.carafe.oci.conmon.AttachConnection;
import io.carafe.oci.conmon.ControlFifo;
import io.carafe.ports.runtime.AttachedStreams;
import java.io.InputStream;
import java.io.OutputStream;

/** Streams on an attach socket of conmon. */
record GvisorStreams(AttachConnection connection, ControlFifo control, boolean terminal) implements AttachedStreams {
    @Override
    public OutputStream stdin() {
        return connection.stdin();
    }

    @Override
    public InputStream stdout() {
        return connection.stdout();
    }

    @Override
    public InputStream stderr() {
        return connection.stderr();
    }

    @Override
    public void resize(int width, int height) {
        if (terminal) {
            try {
                control.resize(width, height);
            } catch (LinuxException e) {
                throw new Fault.Unavailable("resize terminal to " + width + "x" + height + ": " + e.getMessage(), e);
            }
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
