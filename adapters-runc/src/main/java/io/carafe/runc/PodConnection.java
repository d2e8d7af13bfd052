package io.carafe.runc;

import io.carafe.oci.forward.PodSocket;
import io.carafe.ports.runtime.ByteStream;
import java.nio.channels.SocketChannel;

/** A connection to a port of a pod. */
final class PodConnection extends PodSocket implements ByteStream {
    PodConnection(SocketChannel channel) {
        super(channel);
    }
}
