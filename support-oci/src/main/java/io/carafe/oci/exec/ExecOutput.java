package io.carafe.oci.exec;

import io.carafe.domain.resource.Bytes;
import java.util.Arrays;
import java.util.Optional;

/**
 * What one command says on its two streams, as far as it is kept: both share one limit, of which each has half for certain.
 *
 * <p>The first {@value #FREE} bytes, which is more than a probe says, cost nothing. Beyond, memory is taken from the budget of all
 * execs once and in whole: who took it piece by piece could wait for others that wait for it. Meanwhile nobody reads and the command
 * stands still.
 *
 * <p>Concurrency: each stream is filled by one thread.
 */
public final class ExecOutput implements AutoCloseable {
    static final int FREE = 32 * 1024;

    /** Memory beyond the free bytes, taken before it is used; what it answers gives it back. Empty if there was none in time. */
    public interface Memory {
        Optional<Lease> take(Bytes amount) throws InterruptedException;
    }

    /** Memory that was taken. */
    public interface Lease extends AutoCloseable {
        @Override
        void close();
    }

    private final int limit;
    private final Memory budget;
    private final Stream stdout = new Stream();
    private final Stream stderr = new Stream();
    private Optional<Lease> lease = Optional.empty();
    private boolean refused;
    private volatile boolean waiting;

    public ExecOutput(Bytes limit, Memory budget) {
        this.limit = (int) Math.min(limit.value(), Integer.MAX_VALUE - 8);
        this.budget = budget;
    }

    public Stream stdout() {
        return stdout;
    }

    public Stream stderr() {
        return stderr;
    }

    /** Whether a stream is not read now since memory is short. */
    public boolean isWaiting() {
        return waiting;
    }

    /** Whether something within the limit was dropped for want of memory. */
    public synchronized boolean isRefused() {
        return refused;
    }

    /** Gives the memory back. */
    @Override
    public synchronized void close() {
        lease.ifPresent(Lease::close);
        lease = Optional.empty();
    }

    private boolean mayHold(int bytes) throws InterruptedException {
        if (bytes <= FREE || lease.isPresent()) {
            return true;
        }
        if (!refused) {
            waiting = true;
            try {
                // twice: while an array grows, and when the answer is cut from it, there are two of it
                lease = budget.take(new Bytes(2L * limit));
            } finally {
                waiting = false;
            }
            refused = lease.isEmpty();
        }
        return lease.isPresent();
    }

    /** One of the two. */
    public final class Stream {
        private byte[] kept = new byte[0];
        private int length;

        public void keep(byte[] chunk, int size) throws InterruptedException {
            synchronized (ExecOutput.this) {
                Stream other = this == stdout ? stderr : stdout;
                int wanted = Math.min(size, limit - length);
                int ofOther = Math.min(other.length, Math.max(limit / 2, limit - length - wanted));
                int fitting = Math.min(wanted, limit - ofOther - length);
                if (fitting > 0 && mayHold(length + other.length + fitting)) {
                    other.length = ofOther;
                    if (length + fitting > kept.length) {
                        kept = Arrays.copyOf(kept, (int) Math.min(limit, 2L * (length + fitting)));
                    }
                    System.arraycopy(chunk, 0, kept, length, fitting);
                    length += fitting;
                }
            }
        }

        /** What was kept, which then is the caller's. */
        public byte[] take() {
            synchronized (ExecOutput.this) {
                byte[] taken = length == kept.length ? kept : Arrays.copyOf(kept, length);
                kept = new byte[0];
                length = 0;
                return taken;
            }
        }
    }
}
