package io.carafe.oci.conmon;

import io.carafe.domain.fault.Fault;
import io.carafe.linux.libc.LinuxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Streams on an attach socket of conmon. An adapter's streams and commands extend it, to be what their port wants. */
public class MonitorStreams {
    private final AttachConnection connection;
    private final ControlFifo control;
    private final boolean terminal;

    protected MonitorStreams(AttachConnection connection, ControlFifo control, boolean terminal) {
        this.connection = connection;
        this.control = control;
        this.terminal = terminal;
    }

    public OutputStream stdin() {
        return connection.stdin();
    }

    public InputStream stdout() {
        return connection.stdout();
    }

    public InputStream stderr() {
        return connection.stderr();
    }

    /** @throws Fault.Unavailable if conmon does not take it; without a terminal it does nothing */
    public void resize(int width, int height) {
        if (terminal) {
            try {
                control.resize(width, height);
            } catch (LinuxException e) {
                throw new Fault.Unavailable("resize terminal to " + width + "x" + height + ": " + e.getMessage(), e);
            }
        }
    }

    public void close() throws IOException {
        connection.close();
    }
}
