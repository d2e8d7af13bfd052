package io.carafe.storage.unpack;

import io.carafe.linux.file.DeviceNumber;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One entry of an archive, with what extension headers said of it.
 *
 * @param name as in the archive; bytes that are not UTF-8 as {@link io.carafe.linux.libc.CString} keeps them
 * @param mode permission bits with setuid, setgid and sticky
 * @param link target of a symbolic link, as it is; of a hard link, another name in the archive
 * @param size of the file when it is written, holes counted
 * @param segments where the content belongs, in order; one from 0 to {@code size} unless the file is sparse
 * @param attributes extended attributes by full name
 */
record TarEntry(
        String name,
        Kind kind,
        int mode,
        long user,
        long group,
        Instant modified,
        String link,
        long size,
        List<Segment> segments,
        DeviceNumber device,
        Map<String, byte[]> attributes) {
    enum Kind {
        FILE,
        HARD_LINK,
        SYMBOLIC_LINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        DIRECTORY,
        FIFO
    }

    /** A stretch of a file that the archive has bytes for. */
    record Segment(long offset, long length) {}
}
