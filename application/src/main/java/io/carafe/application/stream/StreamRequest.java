package io.carafe.application.stream;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.sandbox.PodSandboxId;
import java.util.List;

/** What a ticket was given for. */
public sealed interface StreamRequest {
    StreamKind kind();

    /** A command in a container. */
    record Exec(ContainerId container, List<String> command, StreamSet streams) implements StreamRequest {
        public Exec {
            command = List.copyOf(command);
        }

        @Override
        public StreamKind kind() {
            return StreamKind.EXEC;
        }
    }

    /** The process of a container. */
    record Attach(ContainerId container, StreamSet streams) implements StreamRequest {
        @Override
        public StreamKind kind() {
            return StreamKind.ATTACH;
        }
    }

    /** @param ports the only ones that may be connected to; none for any */
    record PortForward(PodSandboxId sandbox, List<Integer> ports) implements StreamRequest {
        public PortForward {
            ports = List.copyOf(ports);
        }

        @Override
        public StreamKind kind() {
            return StreamKind.PORT_FORWARD;
        }
    }
}
