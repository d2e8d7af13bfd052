package io.carafe.runc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * One stream of a command, read to its end, of which only the first bytes are kept.
 *
 * <p>Concurrency: one thread drains, any may ask what is there.
 */
final class LimitedOutput {
    private static final int CHUNK = 16384;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final long limit;

    LimitedOutput(long limit) {
        this.limit = limit;
    }

    void drain(InputStream stream) {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int length = stream.read(chunk); length >= 0; length = stream.read(chunk)) {
                keep(chunk, length);
            }
        } catch (IOException e) {
            // the stream was closed under us, because its process is gone
        }
    }

    synchronized byte[] bytes() {
        return kept.toByteArray();
    }

    private synchronized void keep(byte[] chunk, int length) {
        kept.write(chunk, 0, (int) Math.min(length, limit - kept.size()));
    }
}
