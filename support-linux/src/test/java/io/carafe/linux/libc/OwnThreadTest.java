package io.carafe.linux.libc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OwnThreadTest {
    @Test
    void workRunsOnAPlatformThreadOfThatName() throws InterruptedException {
        Thread ran = OwnThread.<Thread, RuntimeException>call("some-work", Thread::currentThread);

        assertThat(ran.isVirtual()).isFalse();
        assertThat(ran.getName()).isEqualTo("some-work");
        assertThat(ran.isAlive()).isFalse();
    }

    @Test
    void failuresComeOutAsTheyAre() {
        IOException failure = new IOException("x");
        assertThatThrownBy(() -> OwnThread.call("fail", () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        AssertionError error = new AssertionError("x");
        assertThatThrownBy(() -> OwnThread.call("fail", () -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void anInterruptReachesTheWorkAndItsEndIsWaitedFor() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                OwnThread.<Boolean, RuntimeException>call("wait", () -> {
                    started.countDown();
                    try {
                        new CountDownLatch(1).await();
                        return true;
                    } finally {
                        ended.set(true);
                    }
                });
            } catch (InterruptedException e) {
                interrupted.set(ended.get());
            }
        });
        started.await();

        caller.interrupt();
        caller.join();

        assertThat(interrupted).isTrue();
    }
}
