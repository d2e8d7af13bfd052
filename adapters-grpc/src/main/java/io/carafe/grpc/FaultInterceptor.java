package io.carafe.grpc;

import com.google.protobuf.Message;
import io.carafe.domain.fault.Fault;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;
import java.util.UUID;

/**
 * Turns what a call throws into a status. Faults speak for themselves; anything else is a bug: INTERNAL with an id under which
 * the stack stands in the log, once. Unary handlers run in {@code onHalfClose}; without this every exception becomes UNKNOWN.
 */
final class FaultInterceptor implements ServerInterceptor {
    private static final System.Logger LOG = System.getLogger(FaultInterceptor.class.getName());

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var method = call.getMethodDescriptor().getBareMethodName();
        var explained = new SimpleForwardingServerCall<Q, A>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
                super.close(explain(String.valueOf(method), status), trailers);
            }
        };
        return new SimpleForwardingServerCallListener<>(next.startCall(explained, headers)) {
            private Optional<Fault> refusal = Optional.empty();

            @Override
            public void onMessage(Q message) {
                refusal = message instanceof Message request ? ZeroBytes.refusal(request) : Optional.empty();
                super.onMessage(message);
            }

            // an Error too: one of a vendor's JAR is no reason to end without a word, and where the heap is full the
            // JVM ends itself
            @Override
            public void onHalfClose() {
                try {
                    if (refusal.isPresent()) {
                        throw refusal.get();
                    }
                    super.onHalfClose();
                } catch (RuntimeException | Error e) {
                    explained.close(status(String.valueOf(method), e), new Metadata());
                }
            }
        };
    }

    private static Status explain(String method, Status status) {
        if (status.getCode() == Status.Code.UNIMPLEMENTED && status.getCause() == null) {
            return status.withDescription(
                    method
                            + " is not supported yet by this version of Carafe; SCOPE.md, which lies in its distribution, says what is");
        }
        return status;
    }

    private static Status status(String method, Throwable e) {
        if (e instanceof Fault fault) {
            Status status = FaultToStatus.status(fault);
            var level = fault instanceof Fault.NotFound ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
            LOG.log(level, method + " failed: " + status.getCode() + ": " + fault.getMessage());
            return status;
        }
        String id = UUID.randomUUID().toString();
        LOG.log(System.Logger.Level.ERROR, method + " failed by a bug, error id " + id, e);
        return Status.INTERNAL.withDescription(
                method + " failed by a bug of Carafe (" + e + "); its log has the details under error id " + id);
    }
}
