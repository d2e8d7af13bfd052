package io.carafe.oci.shim;

import io.carafe.oci.ttrpc.ProtoFields;
import java.io.IOException;

/**
 * A task as its shim sees it.
 *
 * @param pid on the host: the task's own, or that of the virtual machine
 * @param exit meaningful if it is stopped
 */
public record TaskState(Status status, long pid, TaskExit exit) {
    /** In the order of the numbers on the wire. */
    public enum Status {
        UNKNOWN,
        CREATED,
        RUNNING,
        STOPPED,
        PAUSED,
        PAUSING
    }

    static TaskState of(ProtoFields response) throws IOException {
        long status = response.number(4);
        return new TaskState(
                status < Status.values().length ? Status.values()[(int) status] : Status.UNKNOWN,
                response.number(3),
                new TaskExit((int) response.number(9), TaskExit.instant(response, 10)));
    }
}
