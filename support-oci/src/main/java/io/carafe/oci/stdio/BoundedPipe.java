package io.carafe.oci.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bytes from one thread to another, a bounded number at a time.
 *
 * <p>The writer waits for room, but where a patience is given no longer than that without a single byte being read: then {@link
 * #write} answers false and the reader gets an exception after what it still has.
 *
 * <p>Concurrency: one writer, one reader; each may be a virtual thread.
 */
public final class BoundedPipe extends InputStream {
    private static final int FIRST = 8192;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int capacity;
    private final Optional<Duration> patience;
    /** Guarded by {@link #lock}, as all below. Grows with what the reader lets lie: most sessions never need more. */
    private byte[] buffer;

    private int start;

    private int filled;
    private boolean ended;
    private boolean closed;
    private Optional<String> failure = Optional.empty();

    public BoundedPipe(int capacity, Optional<Duration> patience) {
        this.capacity = capacity;
        this.buffer = new byte[Math.min(capacity, FIRST)];
        this.patience = patience;
    }

    /** Puts {@code length} bytes in; false if the reader has read nothing for too long. What a closed reader misses is dropped. */
    public boolean write(byte[] bytes, int offset, int length) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            int at = offset;
            int left = length;
            while (left > 0) {
                if (!awaitRoom()) {
                    return false;
                }
                if (closed) {
                    return true;
                }
                grow(left);
                int end = (start + filled) % buffer.length;
                int chunk = Math.min(left, Math.min(buffer.length - filled, buffer.length - end));
                System.arraycopy(bytes, at, buffer, end, chunk);
                filled += chunk;
                at += chunk;
                left -= chunk;
                changed.signalAll();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Makes room for so many bytes more, or for as many as may be. */
    private void grow(int wanted) {
        int size = buffer.length;
        while (size < capacity && size - filled < wanted) {
            size = Math.min(capacity, size * 2);
        }
        if (size > buffer.length) {
            byte[] larger = new byte[size];
            int first = Math.min(filled, buffer.length - start);
            System.arraycopy(buffer, start, larger, 0, first);
            System.arraycopy(buffer, 0, larger, first, filled - first);
            buffer = larger;
            start = 0;
        }
    }

    /** Nothing more will come; what is there stays readable. Idempotent. */
    public void end(Optional<String> why) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                failure = why;
                changed.signalAll();
            }
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
        lock.lock();
        try {
            while (filled == 0) {
                if (closed) {
                    throw new IOException("stream closed");
                }
                if (ended) {
                    if (failure.isPresent()) {
                        throw new IOException(failure.get());
                    }
                    return -1;
                }
                changed.await();
            }
            int chunk = Math.min(length, Math.min(filled, buffer.length - start));
            System.arraycopy(buffer, start, bytes, offset, chunk);
            start = (start + chunk) % buffer.length;
            filled -= chunk;
            changed.signalAll();
            return chunk;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("read interrupted").initCause(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return filled;
        } finally {
            lock.unlock();
        }
    }

    /** The reader wants no more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            filled = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** True once the reader wants no more. */
    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitRoom() throws InterruptedException {
        long nanos = patience.map(Duration::toNanos).orElse(Long.MAX_VALUE);
        while (filled == capacity && !closed) {
            if (patience.isEmpty()) {
                changed.await();
            } else {
                nanos = changed.awaitNanos(nanos);
                if (nanos <= 0 && filled == capacity) {
                    return false;
                }
            }
        }
        return true;
    }
}
