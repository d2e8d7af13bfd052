package io.carafe.application.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.task.Subtasks;
import io.carafe.domain.fault.Fault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private final Operations operations = new Operations(InstantSource.fixed(Instant.EPOCH));
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void answersWhatItsWorkAnswers() throws Exception {
        assertThat(operations.<String>run("Run", "key", "request", stage -> "done"))
                .isEqualTo("done");
        assertThat(operations.underWay()).isEmpty();
    }

    @Test
    void faultIsThrownAsItWas() {
        var fault = new Fault.NotFound("nothing there");

        assertThatThrownBy(() -> operations.run("Run", "key", () -> {
                    throw fault;
                }))
                .isSameAs(fault);
        assertThat(operations.underWay()).isEmpty();
    }

    @Test
    void sameRequestJoinsAndHearsTheSameFault() throws Exception {
        FutureTask<String> first = slow("request", new Fault.Unavailable("failed once"));
        FutureTask<String> second = inThread(() -> operations.run("Run", "key", "request", this::wait));
        mayEnd.countDown();

        for (FutureTask<String> each : List.of(first, second)) {
            assertThatThrownBy(() -> Subtasks.join("each", each)).isInstanceOf(Fault.Unavailable.class);
        }
        assertThat(runs).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void otherRequestIsRefusedWithStageAndKey() throws Exception {
        FutureTask<String> first = slow("request", null);

        assertThatThrownBy(() -> operations.run("Run", "key", "another", this::wait))
                .isInstanceOf(Fault.AlreadyExists.class)
                .hasMessageContaining("key")
                .hasMessageContaining("stage: waiting");
        mayEnd.countDown();
        assertThat(Subtasks.join("first", first)).isEqualTo("done");
    }

    @Test
    void otherOperationWithTheSameKeyRunsBesideIt() throws Exception {
        FutureTask<String> first = slow("request", null);

        assertThat(operations.<String>run("Stop", "key", "request", stage -> "stopped"))
                .isEqualTo("stopped");
        mayEnd.countDown();
        Subtasks.join("first", first);
    }

    @Test
    void goesOnWhenItsCallerIsInterrupted() throws Exception {
        var ended = new CountDownLatch(1);
        var call = new FutureTask<>(() -> operations.<String>run("Run", "key", "request", stage -> {
            wait(stage);
            ended.countDown();
            return "done";
        }));
        Thread caller = new Subtasks().background("caller", call);
        started.await();

        caller.interrupt();
        assertThatThrownBy(() -> Subtasks.join("call", call)).hasCauseInstanceOf(InterruptedException.class);
        assertThat(operations.underWay()).extracting(Operations.UnderWay::stage).containsExactly("waiting");
        mayEnd.countDown();
        ended.await();
    }

    @Test
    void whoAsksAfterTheAnswerIsNotAnsweredByWhatHasEnded() throws Exception {
        for (int i = 0; i < 200; i++) {
            operations.run("Run", "key", "request", stage -> runs.incrementAndGet());
        }

        assertThat(runs).hasValue(200);
    }

    private FutureTask<String> slow(String request, @org.jspecify.annotations.Nullable Fault end) throws Exception {
        FutureTask<String> call = inThread(() -> operations.run("Run", "key", request, stage -> {
            wait(stage);
            if (end != null) {
                throw end;
            }
            return "done";
        }));
        started.await();
        return call;
    }

    private String wait(Operations.Stage stage) throws InterruptedException {
        runs.incrementAndGet();
        stage.enter("waiting");
        started.countDown();
        mayEnd.await();
        if (runs.get() > 1) {
            throw new Fault.Unavailable("ran again");
        }
        return "done";
    }

    private static FutureTask<String> inThread(java.util.concurrent.Callable<String> work) {
        var task = new FutureTask<>(work);
        new Subtasks().background("caller", task);
        return task;
    }
}
