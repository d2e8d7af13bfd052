package io.carafe.streaming;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A client's connection as its streams share it. In both directions a bounded number of bytes is on the way: who writes waits for
 * the client to read, and from a client whose bytes nobody takes nothing more is read.
 *
 * <p>Concurrency: safe; only {@link #send} waits.
 */
final class ClientLink {
    /** Bytes that have been received and wait to be read, over all streams of the connection. */
    static final int INTAKE = 512 * 1024;

    private static final Duration LINGER = Duration.ofSeconds(5);
    private static final Duration PULSE = Duration.ofSeconds(2);

    private final Channel channel;
    private final Supplier<Object> signOfLife;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Guarded by {@link #lock}, as the next. */
    private int untaken;

    private boolean paused;
    /** Whether a pulse is due, which every pause shares. */
    private boolean pulsing;

    private volatile long lastMove = System.nanoTime();
    private volatile ChannelFuture lastSent;

    /** @param signOfLife makes a frame that asks for no answer */
    ClientLink(Channel channel, Supplier<Object> signOfLife) {
        this.channel = channel;
        this.signOfLife = signOfLife;
        this.lastSent = channel.newSucceededFuture();
    }

    Channel channel() {
        return channel;
    }

    /** Sends a frame, after waiting until the client has read enough of what was sent before. */
    void send(Object frame) throws IOException {
        try {
            awaitRoom();
        } catch (IOException e) {
            ReferenceCountUtil.release(frame);
            throw e;
        }
        moved();
        lastSent = channel.writeAndFlush(frame);
    }

    private void awaitRoom() throws IOException {
        if (channel.isActive() && channel.isWritable()) {
            return;
        }
        try {
            lock.lockInterruptibly();
            try {
                while (channel.isActive() && !channel.isWritable()) {
                    changed.await();
                }
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while the client does not read").initCause(e);
        }
        if (!channel.isActive()) {
            throw new IOException("the client is gone");
        }
    }

    /** There may be room again, or there never will be. */
    void changed() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void received(int bytes) {
        moved();
        lock.lock();
        try {
            untaken += bytes;
            if (untaken > INTAKE && !paused) {
                paused = true;
                channel.config().setAutoRead(false);
                if (!pulsing) {
                    pulsing = true;
                    pulse();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void taken(int bytes) {
        moved();
        lock.lock();
        try {
            untaken -= bytes;
            if (untaken <= INTAKE / 2 && paused) {
                paused = false;
                channel.config().setAutoRead(true);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * While nothing is read, the end of a client that was still sending does not reach us: it stands behind what it has sent. But its
     * kernel answers whatever comes for a client that is gone with a reset. And a client that waits for a sign of life gets one.
     */
    private void pulse() {
        var _ = channel.eventLoop()
                .schedule(
                        () -> {
                            if (isPausedStill()) {
                                var _ = channel.writeAndFlush(signOfLife.get());
                                pulse();
                            }
                        },
                        PULSE.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private boolean isPausedStill() {
        lock.lock();
        try {
            pulsing = paused && channel.isActive();
            return pulsing;
        } finally {
            lock.unlock();
        }
    }

    private void moved() {
        lastMove = System.nanoTime();
    }

    /** When nothing has moved for that long: calls {@code expired}, on the loop, and closes a little later. */
    void watchIdle(Duration limit, Runnable expired) {
        long left = limit.toNanos() - (System.nanoTime() - lastMove);
        if (left > 0) {
            var _ = channel.eventLoop()
                    .schedule(
                            () -> {
                                if (channel.isActive()) {
                                    watchIdle(limit, expired);
                                }
                            },
                            left,
                            TimeUnit.NANOSECONDS);
        } else {
            expired.run();
            closeSoon();
        }
    }

    /** Lets what is being said reach the client, but waits for nothing. */
    void closeSoon() {
        if (channel.eventLoop().isShuttingDown()) {
            close();
            return;
        }
        var _ = channel.eventLoop().schedule(this::close, LINGER.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * All is sent: lets the client close, which loses nothing, and closes itself if the client does not. A client that has not
     * read all yet keeps the time it needs for that.
     */
    void finish() {
        if (channel.isActive()) {
            lastSent.addListener(_ -> closeSoon());
        }
    }

    private void close() {
        var _ = channel.close();
    }

    boolean isOpen() {
        return channel.isActive();
    }
}
