package io.carafe.storage.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Hands blocks of bytes from one thread to another without copying them, and waits where one of the two is slow. The blocks are
 * made once and go around.
 */
final class BlockPipe {
    private static final int BLOCK = 128 << 10;
    private static final int BLOCKS = 8;

    private final BlockingQueue<Block> free = new ArrayBlockingQueue<>(BLOCKS);
    // one more, so that the end or a failure can be put without waiting
    private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS + 1);

    /** Some bytes; with none it is the end, and with a failure that is why. */
    static final class Block {
        final byte[] bytes;
        int length;

        Block(int size) {
            bytes = new byte[size];
        }
    }

    private volatile Optional<IOException> failure = Optional.empty();

    BlockPipe() {
        for (int i = 0; i < BLOCKS; i++) {
            free.add(new Block(BLOCK));
        }
    }

    /** The writer's next empty block. */
    Block take() throws InterruptedException {
        return free.take();
    }

    void put(Block filled) throws InterruptedException {
        full.put(filled);
    }

    /** Nothing follows. */
    void end() {
        full.add(new Block(0));
    }

    /** Nothing follows, and reading on throws {@code cause}. */
    void fail(IOException cause) {
        failure = Optional.of(cause);
        end();
    }

    /** The reader's side; for one thread. */
    InputStream reader() {
        return new Reader();
    }

    private final class Reader extends InputStream {
        private Block block = new Block(0);
        private int next;
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (next == block.length && !advance()) {
                return -1;
            }
            int count = Math.min(length, block.length - next);
            System.arraycopy(block.bytes, next, target, offset, count);
            next += count;
            return count;
        }

        private boolean advance() throws IOException {
            if (ended) {
                return false;
            }
            try {
                if (block.bytes.length > 0) {
                    free.put(block);
                }
                block = full.take();
            } catch (InterruptedException e) {
                InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting for bytes");
                interrupted.initCause(e);
                throw interrupted;
            }
            next = 0;
            ended = block.length == 0;
            if (ended && failure.isPresent()) {
                throw failure.get();
            }
            return !ended;
        }
    }
}
