package io.carafe.oci.shim;

import java.nio.file.Path;
import java.util.Optional;

/** The FIFOs of a process, each empty where it has none; with a terminal all output comes on {@code stdout}. */
public record TaskStdio(boolean terminal, Optional<Path> stdin, Optional<Path> stdout, Optional<Path> stderr) {
    /** For a process that neither reads nor writes. */
    public static final TaskStdio NONE = new TaskStdio(false, Optional.empty(), Optional.empty(), Optional.empty());

    static String text(Optional<Path> fifo) {
        return fifo.map(Path::toString).orElse("");
    }
}
