package io.carafe.cli.verb;

import io.carafe.cri.v1.ContainerState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Whether a container has ended or is gone. A runtime that does not answer is being restarted, most likely, and its containers run
 * on: that is told once and waited out.
 */
final class ContainerEnd implements BooleanSupplier {
    private static final Set<Status.Code> NOT_ANSWERED = EnumSet.of(Status.Code.UNAVAILABLE, Status.Code.UNKNOWN);

    private final Session session;
    private final String id;
    private boolean told;

    ContainerEnd(Session session, String id) {
        this.session = session;
        this.id = id;
    }

    @Override
    public boolean getAsBoolean() {
        try {
            var state = LogsCommand.status(session, id).getState();
            told = false;
            // what is unknown just after a restart may run
            return state == ContainerState.CONTAINER_EXITED;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return true;
            }
            // a connection that breaks in the middle of a call is UNKNOWN to grpc's client
            if (!NOT_ANSWERED.contains(e.getStatus().getCode())) {
                throw e;
            }
            tell();
            return false;
        }
    }

    private void tell() {
        if (!told) {
            told = true;
            session.console()
                    .err()
                    .println("carafe: the runtime does not answer; following the log of container " + id
                            + " until it does and the container has ended");
        }
    }
}
