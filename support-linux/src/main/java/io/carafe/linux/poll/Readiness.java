package io.carafe.linux.poll;

import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets any number of virtual threads wait for descriptors (sockets, pidfds) while one platform thread polls for all of them: a
 * virtual thread that blocked in the kernel itself would hold one of the few carriers.
 *
 * <p>The thread exists only while somebody waits, so nothing has to be closed. Concurrency: safe; a descriptor may be closed only
 * after its waits have ended.
 */
public final class Readiness {
    /** What to wait for; an error or the other side's end of the connection wakes both. Source: poll(2). */
    public enum Interest {
        READ(0x001),
        WRITE(0x004);

        private final short events;

        Interest(int events) {
            this.events = (short) events;
        }
    }

    private static final int EFD_CLOEXEC_NONBLOCK = 0x80800;
    // struct pollfd: int fd, short events, short revents
    private static final int POLLFD = 8;
    private static final int REVENTS = 6;

    private record Wait(int fd, short events, CountDownLatch done) {}

    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by {@link #lock}. */
    private final Set<Wait> waits = new LinkedHashSet<>();
    /** Wakes the polling thread; there while that thread runs. Guarded by {@link #lock}. */
    private Optional<Fd> wakeup = Optional.empty();

    /** Waits until {@code fd} is ready, without limit. */
    public void await(Fd fd, Interest interest) throws InterruptedException {
        Wait wait = add(fd, interest);
        try {
            wait.done().await();
        } finally {
            remove(wait);
        }
    }

    /** Waits until {@code fd} is ready; false if {@code timeout} has passed. */
    public boolean await(Fd fd, Interest interest, Duration timeout) throws InterruptedException {
        Wait wait = add(fd, interest);
        try {
            return wait.done().await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            remove(wait);
        }
    }

    private Wait add(Fd fd, Interest interest) {
        Wait wait = new Wait(fd.number(), interest.events, new CountDownLatch(1));
        lock.lock();
        try {
            waits.add(wait);
            if (wakeup.isPresent()) {
                wake(wakeup.get());
            } else {
                Fd event = Fd.owning(Kernel.check(Kernel.libc().eventfd(0, EFD_CLOEXEC_NONBLOCK), "eventfd"));
                wakeup = Optional.of(event);
                Thread.ofPlatform().daemon().name("readiness").start(() -> poll(event));
            }
            return wait;
        } finally {
            lock.unlock();
        }
    }

    private void remove(Wait wait) {
        lock.lock();
        try {
            if (waits.remove(wait)) {
                wakeup.ifPresent(Readiness::wake);
            }
        } finally {
            lock.unlock();
        }
    }

    private void poll(Fd event) {
        while (true) {
            List<Wait> polled;
            lock.lock();
            try {
                if (waits.isEmpty()) {
                    wakeup = Optional.empty();
                    event.close();
                    return;
                }
                polled = List.copyOf(waits);
            } finally {
                lock.unlock();
            }
            complete(polled, pollOnce(event, polled));
        }
    }

    private void complete(List<Wait> polled, ByteBuffer descriptors) {
        lock.lock();
        try {
            for (int i = 0; i < polled.size(); i++) {
                Wait wait = polled.get(i);
                if (descriptors.getShort((i + 1) * POLLFD + REVENTS) != 0) {
                    waits.remove(wait);
                    wait.done().countDown();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static ByteBuffer pollOnce(Fd event, List<Wait> polled) {
        byte[] bytes = new byte[(polled.size() + 1) * POLLFD];
        ByteBuffer descriptors = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        descriptors.putInt(event.number()).putShort(Interest.READ.events).putShort((short) 0);
        for (Wait wait : polled) {
            descriptors.putInt(wait.fd()).putShort(wait.events()).putShort((short) 0);
        }
        if (Kernel.libc().poll(bytes, polled.size() + 1L, -1) < 0) {
            Errno errno = Kernel.lastError();
            if (errno != Errno.EINTR) {
                throw new LinuxException("poll", errno, polled.size() + " descriptors");
            }
        } else if (descriptors.getShort(REVENTS) != 0) {
            Kernel.libc().read(event.number(), new byte[Long.BYTES], Long.BYTES);
        }
        return descriptors;
    }

    private static void wake(Fd event) {
        byte[] one = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(1)
                .array();
        Kernel.check(Kernel.libc().write(event.number(), one, one.length), "write", "eventfd");
    }
}
