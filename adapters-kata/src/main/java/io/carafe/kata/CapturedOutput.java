package io.carafe.kata;

import io.carafe.oci.exec.ExecOutput;
import io.carafe.oci.stdio.StreamPump;
import java.util.Optional;

/** One output of a command, of which as much is kept as there is room for. */
record CapturedOutput(ExecOutput.Stream kept) implements StreamPump.Sink {
    @Override
    public boolean accept(byte[] bytes) throws InterruptedException {
        kept.keep(bytes, bytes.length);
        return true;
    }

    @Override
    public void end(Optional<String> failure) {
        // what was kept is the answer
    }
}
