package io.carafe.application.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.task.Subtasks;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class KeyedLockTest {
    private final KeyedLock locks = new KeyedLock();
    private int guarded;

    @Test
    void oneAtATimeHoldsAKey() throws Exception {
        Callable<Integer> add = () -> {
            try (var _ = locks.lock("key")) {
                return guarded++;
            }
        };

        List<Integer> seen = new Subtasks().all("add", 8, Collections.nCopies(200, add));

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(guarded).isEqualTo(200);
    }

    @Test
    void otherKeyIsFree() throws Exception {
        try (var _ = locks.lock("one")) {
            new Subtasks().all("other", 1, List.of(() -> {
                try (var _ = locks.lock("other")) {
                    return "";
                }
            }));
        }
    }

    @Test
    void holderMayTakeItAgain() throws Exception {
        try (var _ = locks.lock("key");
                var _ = locks.lock("key")) {
            assertThat(guarded).isZero();
        }
    }

    @Test
    void interruptedWaiterDoesNotGetItAndDoesNotKeepIt() throws Exception {
        var waiting = new FutureTask<>(() -> {
            try (var _ = locks.lock("key")) {
                return "got it";
            }
        });
        try (var _ = locks.lock("key")) {
            Thread waiter = new Subtasks().background("waiter", waiting);
            waiter.interrupt();
            assertThatThrownBy(() -> Subtasks.join("waiter", waiting)).hasCauseInstanceOf(InterruptedException.class);
        }
        try (var _ = locks.lock("key")) {
            assertThat(waiting.isDone()).isTrue();
        }
    }

    @Test
    void callbackGetsItEvenInAnInterruptedThread() throws Exception {
        var got = new CountDownLatch(1);
        new Subtasks().background("callback", () -> {
            Thread.currentThread().interrupt();
            try (var _ = locks.lockUninterruptibly("key")) {
                got.countDown();
            }
        });

        got.await();
    }
}
