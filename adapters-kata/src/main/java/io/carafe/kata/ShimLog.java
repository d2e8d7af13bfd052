package io.carafe.kata;

import io.carafe.linux.fifo.FifoReader;
import io.carafe.linux.socket.Fifo;
import io.carafe.oci.stdio.StreamPump;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a shim says of its own work, by the FIFO that it expects in its bundle. Read, so that it never waits for us. */
record ShimLog(String sandbox) implements StreamPump.Sink {
    private static final System.Logger LOG = System.getLogger(ShimLog.class.getName());

    /** Before the shim is started; an interrupt of the thread ends it. */
    static Thread serve(Path bundle, String sandbox, ShimTools tools) throws IOException {
        Path fifo = fifo(bundle);
        if (!Files.exists(fifo)) {
            Fifo.make(fifo);
        }
        return resume(bundle, sandbox, tools);
    }

    /** While the shim runs: its end ends the reading. */
    static Thread resume(Path bundle, String sandbox, ShimTools tools) {
        StreamPump pump = new StreamPump(FifoReader.open(fifo(bundle), tools.readiness()), new ShimLog(sandbox));
        return tools.tasks().background("log of the shim of pod " + sandbox, pump::run);
    }

    @Override
    public boolean accept(byte[] bytes) {
        if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
            new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> LOG.log(System.Logger.Level.DEBUG, "shim of pod " + sandbox + ": " + line));
        }
        return true;
    }

    @Override
    public void end(Optional<String> failure) {
        failure.ifPresent(why -> LOG.log(System.Logger.Level.DEBUG, why));
    }

    private static Path fifo(Path bundle) {
        return bundle.resolve("log");
    }
}
