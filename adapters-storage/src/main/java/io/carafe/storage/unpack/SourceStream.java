package io.carafe.storage.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * The compressed bytes as they come in. Tells a failure of the source from one of its content, and answers truthfully whether
 * there is more: GZIPInputStream asks {@link #available} whether another member follows, to which a network stream would say no.
 */
final class SourceStream extends InputStream {
    private static final int BUFFER = 64 << 10;

    /** Reading from the source failed. */
    static final class Broken extends IOException {
        Broken(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final InputStream source;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int end;
    private Optional<Broken> failure = Optional.empty();

    SourceStream(InputStream source) {
        this.source = source;
    }

    /** Up to {@code length} of the coming bytes, fewer only at the end. They will still be read. */
    byte[] peek(int length) throws IOException {
        while (end - next < length && end < buffer.length) {
            int count = readSource(buffer, end, buffer.length - end);
            if (count < 0) {
                break;
            }
            end += count;
        }
        return Arrays.copyOfRange(buffer, next, Math.min(end, next + length));
    }

    /** What a reader above may have swallowed. */
    Optional<Broken> failure() {
        return failure;
    }

    @Override
    public int available() throws IOException {
        fill();
        return end - next;
    }

    @Override
    public int read() throws IOException {
        fill();
        return next == end ? -1 : Byte.toUnsignedInt(buffer[next++]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (next == end && length >= buffer.length) {
            return readSource(target, offset, length);
        }
        fill();
        if (next == end) {
            return -1;
        }
        int count = Math.min(length, end - next);
        System.arraycopy(buffer, next, target, offset, count);
        next += count;
        return count;
    }

    private void fill() throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, readSource(buffer, 0, buffer.length));
        }
    }

    private int readSource(byte[] target, int offset, int length) throws Broken {
        try {
            return source.read(target, offset, length);
        } catch (IOException e) {
            Broken broken = new Broken(e);
            failure = Optional.of(broken);
            throw broken;
        }
    }
}
