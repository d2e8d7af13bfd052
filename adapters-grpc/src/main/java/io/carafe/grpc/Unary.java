package io.carafe.grpc;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** Answers one request with one reply. */
final class Unary {
    private Unary() {}

    /** What an RPC does. */
    interface Call<A> {
        A answer() throws InterruptedException;
    }

    /** Goes on to its end when the caller hangs up: it asks again, and then is answered or joins. */
    static <A> void answer(StreamObserver<A> observer, Call<A> call) {
        if (observer instanceof ServerCallStreamObserver<A> served) {
            // else an answer that nobody waits for any more would be an exception
            served.setOnCancelHandler(() -> {});
        }
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

    /** Is interrupted when the caller hangs up: for what is of no use to anybody else. */
    static <A> void answerWhileWanted(StreamObserver<A> observer, Call<A> call) {
        answer(observer, () -> {
            Context context = Context.current();
            var caller = new Caller(Thread.currentThread());
            context.addListener(caller, Runnable::run);
            try {
                return call.answer();
            } finally {
                context.removeListener(caller);
                caller.isServed();
            }
        });
    }

    /** Who waits for an answer. */
    private static final class Caller implements Context.CancellationListener {
        private final Thread server;
        private boolean served;

        Caller(Thread server) {
            this.server = server;
        }

        @Override
        public synchronized void cancelled(Context context) {
            if (!served) {
                server.interrupt();
            }
        }

        /** From here on the thread does something else. */
        synchronized void isServed() {
            served = true;
        }
    }
}
