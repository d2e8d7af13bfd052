package com.example.unshare;

import io.carafe.domain.resource.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a stream has brought until now, at most so much; what is beyond it is read and dropped. */
final class Collected {
    private final InputStream stream;
    private final long limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Collected(InputStream stream, Bytes limit) {
        this.stream = stream;
        this.limit = limit.value();
    }

    void read() {
        byte[] buffer = new byte[8192];
        try (stream) {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                keep(buffer, n);
            }
        } catch (IOException e) {
            // closed, for its process is dead
        }
    }

    synchronized byte[] bytes() {
        return kept.toByteArray();
    }

    private synchronized void keep(byte[] buffer, int length) {
        kept.write(buffer, 0, (int) Math.min(length, limit - kept.size()));
    }
}
