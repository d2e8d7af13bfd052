package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Set;

/** Asserts that a call fails, and not because the endpoint broke or does not have the call. */
final class Refused {
    /** What an endpoint that has gone away, or has no such call, answers: proof of nothing. */
    private static final Set<Status.Code> NO_REFUSAL =
            Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.UNIMPLEMENTED);

    private Refused() {}

    static Status any(Runnable call) {
        var status = status(call);
        assertThat(status.getCode()).as("status of the refusal: %s", status).isNotIn(NO_REFUSAL);
        return status;
    }

    static Status with(Status.Code code, Runnable call) {
        return with(List.of(code), call);
    }

    static Status with(List<Status.Code> codes, Runnable call) {
        var status = status(call);
        assertThat(status.getCode()).as("status of the refusal: %s", status).isIn(codes);
        return status;
    }

    private static Status status(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
        throw new AssertionError("the call succeeded where it must fail");
    }
}
