package io.carafe.application.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SubtasksTest {
    private final Subtasks tasks = new Subtasks();
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void resultsComeInTheOrderGiven() throws Exception {
        var second = new CountDownLatch(1);
        Callable<String> waitsForTheSecond = () -> {
            second.await();
            return "one";
        };

        assertThat(tasks.all("both", 2, List.of(waitsForTheSecond, () -> {
                    second.countDown();
                    return "two";
                })))
                .containsExactly("one", "two");
    }

    @Test
    void noMoreThanTheLimitRunAtOnce() throws Exception {
        var now = new AtomicInteger();
        Callable<Integer> count = () -> {
            int running = now.incrementAndGet();
            Thread.onSpinWait();
            now.decrementAndGet();
            return running;
        };

        assertThat(tasks.all("count", 3, Collections.nCopies(100, count))).allMatch(running -> running <= 3);
    }

    @Test
    void firstFailureInterruptsTheOthersAndIsThrown() {
        var waiting = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        Callable<String> waits = () -> {
            try {
                waiting.countDown();
                never.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return "";
        };

        assertThatThrownBy(() -> tasks.all("both", 2, List.of(waits, () -> {
                    waiting.await();
                    throw new Fault.NotFound("none");
                })))
                .isInstanceOf(Fault.NotFound.class)
                .hasMessage("none");
        assertThat(interrupted.getCount()).as("all have ended").isZero();
    }

    @Test
    void checkedFailureIsTheCause() {
        assertThatThrownBy(() -> tasks.all("one", 1, List.of(() -> {
                    throw new IOException("broken");
                })))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("one");
    }

    @Test
    void deadlineInterruptsAndNamesTheWork() throws Exception {
        var interrupted = new CountDownLatch(1);

        assertThatThrownBy(() -> tasks.within("slow work", Duration.ofMillis(5), () -> {
                    try {
                        never.await();
                    } finally {
                        interrupted.countDown();
                    }
                    return "";
                }))
                .isInstanceOf(Fault.TimedOut.class)
                .hasMessageContaining("slow work")
                .hasMessageContaining("0.005s");
        interrupted.await();
    }

    @Test
    void workWithinItsDeadlineIsAnswered() throws Exception {
        assertThat(tasks.<String>within("quick", Duration.ofSeconds(5), () -> "done"))
                .isEqualTo("done");
    }

    @Test
    void backgroundThreadHasTheNameOfItsWork() throws Exception {
        var name = new java.util.concurrent.LinkedBlockingQueue<String>();
        tasks.background("exit of c1", () -> name.add(Thread.currentThread().getName()));

        assertThat(name.take()).isEqualTo("exit of c1");
    }
}
