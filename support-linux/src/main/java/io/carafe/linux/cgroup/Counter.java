package io.carafe.linux.cgroup;

import io.carafe.domain.resource.Bytes;
import io.carafe.linux.file.ControlFile;
import java.nio.file.Path;
import java.util.Optional;

/** Control files that hold one number. */
final class Counter {
    /** Version 1 says "no limit" by the largest multiple of the page size; nobody has a quarter of that much memory. */
    private static final long UNLIMITED = 1L << 61;

    private Counter() {}

    static Optional<Long> read(Path file) {
        return ControlFile.read(file).map(String::strip).map(Long::parseUnsignedLong);
    }

    static Optional<Bytes> bytes(Path file) {
        return read(file).map(Bytes::new);
    }

    /** A limit; empty if there is none, whichever way the file says so. */
    static Optional<Bytes> limit(Path file) {
        return ControlFile.read(file)
                .map(String::strip)
                .filter(text -> !text.equals("max"))
                .map(Long::parseUnsignedLong)
                .filter(limit -> limit >= 0 && limit < UNLIMITED)
                .map(Bytes::new);
    }
}
