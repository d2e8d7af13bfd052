package io.carafe.grpc;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;

/** Answers one request with one reply. */
final class Unary {
    private Unary() {}

    /** What an RPC does. */
    interface Call<A> {
        A answer() throws InterruptedException;
    }

    static <A> void answer(StreamObserver<A> observer, Call<A> call) {
        try {
            A answer = call.answer();
            observer.onNext(answer);
            observer.onCompleted();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            observer.onError(Status.CANCELLED
                    .withDescription("the daemon is ending; the call may be repeated after its restart")
                    .asRuntimeException());
        }
    }
}
