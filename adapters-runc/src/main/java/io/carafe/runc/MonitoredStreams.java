package io.carafe.runc;

import io.carafe.oci.conmon.AttachConnection;
import io.carafe.oci.conmon.ControlFifo;
import io.carafe.oci.conmon.MonitorStreams;
import io.carafe.ports.runtime.AttachedStreams;

/** Streams of a container. */
final class MonitoredStreams extends MonitorStreams implements AttachedStreams {
    MonitoredStreams(AttachConnection connection, ControlFifo control, boolean terminal) {
        super(connection, control, terminal);
    }
}
