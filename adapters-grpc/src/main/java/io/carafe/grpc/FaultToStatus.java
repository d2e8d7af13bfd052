package io.carafe.grpc;

import io.carafe.domain.fault.Fault;
import io.grpc.Status;

/** The one place that maps faults to gRPC status codes. */
final class FaultToStatus {
    private FaultToStatus() {}

    static Status status(Fault fault) {
        return code(fault).toStatus().withDescription(fault.getMessage()).withCause(fault);
    }

    static Status.Code code(Fault fault) {
        return switch (fault) {
            case Fault.InvalidArgument _ -> Status.Code.INVALID_ARGUMENT;
            // kubelet tests for it: cri-api pkg/errors IsNotFound
            case Fault.NotFound _ -> Status.Code.NOT_FOUND;
            case Fault.AlreadyExists _ -> Status.Code.ALREADY_EXISTS;
            case Fault.WrongState _ -> Status.Code.FAILED_PRECONDITION;
            case Fault.Unavailable _ -> Status.Code.UNAVAILABLE;
            case Fault.Exhausted _ -> Status.Code.RESOURCE_EXHAUSTED;
            case Fault.TimedOut _ -> Status.Code.DEADLINE_EXCEEDED;
            case Fault.Unsupported _ -> Status.Code.UNIMPLEMENTED;
            case Fault.Corrupt _ -> Status.Code.DATA_LOSS;
            case Fault.Denied _ -> Status.Code.PERMISSION_DENIED;
        };
    }
}
