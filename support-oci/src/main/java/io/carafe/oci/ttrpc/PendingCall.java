package io.carafe.oci.ttrpc;

import io.carafe.domain.fault.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A call whose answer has not been waited for yet. Closing it is wanting the answer no more. Concurrency: safe. */
public final class PendingCall implements AutoCloseable {
    private sealed interface Outcome {
        record Answered(ProtoFields response) implements Outcome {}

        record Lost(String why) implements Outcome {}
    }

    private final String name;
    private final Runnable forget;
    private final CountDownLatch done = new CountDownLatch(1);
    /** Written once, before {@link #done}. */
    private volatile Optional<Outcome> outcome = Optional.empty();

    PendingCall(String name, Runnable forget) {
        this.name = name;
        this.forget = forget;
    }

    /** Waits without limit. */
    public ProtoFields await() throws TtrpcFailure, InterruptedException {
        done.await();
        return result();
    }

    /** @throws TtrpcFailure.Late if no answer has come within {@code timeout}; it may be waited for again */
    public ProtoFields await(Duration timeout) throws TtrpcFailure, InterruptedException {
        if (!done.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TtrpcFailure.Late(name + ": no answer within " + DurationText.of(timeout));
        }
        return result();
    }

    @Override
    public void close() {
        lose("its answer is not wanted any more");
    }

    void answer(ProtoFields response) {
        settle(new Outcome.Answered(response));
    }

    void lose(String why) {
        settle(new Outcome.Lost(why));
    }

    private void settle(Outcome with) {
        synchronized (done) {
            if (outcome.isEmpty()) {
                outcome = Optional.of(with);
            }
        }
        forget.run();
        done.countDown();
    }

    private ProtoFields result() throws TtrpcFailure {
        return switch (outcome.orElseThrow()) {
            case Outcome.Lost lost -> throw new TtrpcFailure.Lost(name + ": " + lost.why());
            case Outcome.Answered answered -> payload(answered.response());
        };
    }

    private ProtoFields payload(ProtoFields response) throws TtrpcFailure {
        try {
            ProtoFields status = response.messageOrEmpty(1);
            int code = (int) status.number(1);
            if (code != 0) {
                throw new TtrpcFailure.Refused(name, code, status.text(2));
            }
            return response.messageOrEmpty(2);
        } catch (IOException e) {
            throw new TtrpcFailure.Refused(name, StatusCode.UNKNOWN, "its answer cannot be read: " + e.getMessage());
        }
    }
}
