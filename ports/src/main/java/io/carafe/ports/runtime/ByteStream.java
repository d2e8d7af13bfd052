package io.carafe.ports.runtime;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;

/** Two directions of bytes. Closing {@link #output} half-closes; {@link #close} ends both and releases everything. */
public interface ByteStream extends Closeable {
    InputStream input();

    OutputStream output();
}
