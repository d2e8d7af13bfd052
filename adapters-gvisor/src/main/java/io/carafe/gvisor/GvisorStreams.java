package io.carafe.gvisor;

import io.carafe.oci.conmon.AttachConnection;
import io.carafe.oci.conmon.ControlFifo;
import io.carafe.oci.conmon.MonitorStreams;
import io.carafe.ports.runtime.AttachedStreams;

/** Streams of a container. */
final class GvisorStreams extends MonitorStreams implements AttachedStreams {
    GvisorStreams(AttachConnection connection, ControlFifo control, boolean terminal) {
        super(connection, control, terminal);
    }
}
