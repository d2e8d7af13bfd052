package io.carafe.streaming;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** A pipe that holds a few writes, as the kernel's holds a few pages. */
final class Pipe {
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(8);
    private final Input input = new Input();
    private final OutputStream output = new Output();

    InputStream input() {
        return input;
    }

    OutputStream output() {
        return output;
    }

    /** Also when nobody reads. */
    void end() {
        try {
            chunks.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Input extends InputStream {
        private byte[] current = END;
        private int at;
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                if (at == current.length && !ended) {
                    current = chunks.take();
                    at = 0;
                    ended = current.length == 0;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("killed", e);
            }
            if (ended) {
                return -1;
            }
            int part = Math.min(length, current.length - at);
            System.arraycopy(current, at, bytes, offset, part);
            at += part;
            return part;
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return;
            }
            byte[] copy = new byte[length];
            System.arraycopy(bytes, offset, copy, 0, length);
            try {
                chunks.put(copy);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("killed", e);
            }
        }

        @Override
        public void close() {
            end();
        }
    }
}
