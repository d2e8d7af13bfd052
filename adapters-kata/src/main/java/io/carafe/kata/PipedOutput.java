package io.carafe.kata;

import io.carafe.oci.stdio.BoundedPipe;
import io.carafe.oci.stdio.StreamPump;
import java.io.InputStream;
import java.util.Optional;

/** Output of a command for one reader, who may be as slow as he likes: the command waits. */
record PipedOutput(BoundedPipe pipe) implements StreamPump.Sink {
    private static final int BUFFER = 1 << 18;

    PipedOutput() {
        this(new BoundedPipe(BUFFER, Optional.empty()));
    }

    InputStream reader() {
        return pipe;
    }

    @Override
    public boolean accept(byte[] bytes) throws InterruptedException {
        return pipe.write(bytes, 0, bytes.length);
    }

    @Override
    public void end(Optional<String> failure) {
        pipe.end(failure);
    }
}
