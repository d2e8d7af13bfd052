package io.carafe.streaming;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one stream of a client has sent, to be read by a thread that may wait. The link stops reading from the client before there
 * is too much of it.
 *
 * <p>Concurrency: one reader; the loop never waits in {@link #offer}.
 */
final class Inbox extends InputStream {
    private final ClientLink link;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Guarded by {@link #lock}, as all below. */
    private final Deque<byte[]> chunks = new ArrayDeque<>();

    private int start;
    private boolean ended;
    private boolean closed;
    private Optional<String> failure = Optional.empty();

    Inbox(ClientLink link) {
        this.link = link;
    }

    /** Takes a copy. What comes after the end, or when nobody wants more, is dropped. */
    void offer(ByteBuf data) {
        int length = data.readableBytes();
        lock.lock();
        try {
            if (length == 0 || ended || closed) {
                return;
            }
            byte[] chunk = new byte[length];
            data.readBytes(chunk);
            chunks.add(chunk);
            link.received(length);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come, and what came is perhaps not all: after it, the reader gets an exception, also after an end. */
    void fail(String why) {
        lock.lock();
        try {
            ended = true;
            failure = Optional.of(why);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isEnded() {
        lock.lock();
        try {
            return ended || closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        try {
            lock.lockInterruptibly();
            try {
                while (chunks.isEmpty() && !ended && !closed) {
                    changed.await();
                }
                return take(bytes, offset, length);
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("read interrupted").initCause(e);
        }
    }

    private int take(byte[] bytes, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("stream closed");
        }
        int taken = 0;
        while (taken < length && !chunks.isEmpty()) {
            byte[] chunk = chunks.getFirst();
            int part = Math.min(length - taken, chunk.length - start);
            System.arraycopy(chunk, start, bytes, offset + taken, part);
            taken += part;
            start += part;
            if (start == chunk.length) {
                chunks.removeFirst();
                start = 0;
            }
        }
        if (taken > 0) {
            link.taken(taken);
            return taken;
        }
        if (failure.isPresent()) {
            throw new IOException(failure.get());
        }
        return -1;
    }

    /** The reader wants no more. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                int left = chunks.stream().mapToInt(chunk -> chunk.length).sum() - start;
                chunks.clear();
                start = 0;
                link.taken(left);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
