package io.carafe.storage.unpack;

import io.carafe.linux.file.DeviceNumber;
import io.carafe.linux.libc.CString;
import io.carafe.storage.unpack.TarEntry.Kind;
import io.carafe.storage.unpack.TarEntry.Segment;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the entries of an archive one after the other. Names and attributes keep their bytes, whatever encoding they are in,
 * which is why this is not a library's reader.
 */
final class TarReader {
    private static final int MAX_EXTENSION = 1 << 20;

    private final InputStream in;
    private final byte[] block = new byte[TarHeader.BLOCK];
    /** Bytes read so far. */
    private long position;
    /** Bytes of the current entry that are still to be read, and those that fill up its last block. */
    private long content;

    private long padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /** The next entry, or empty at the end of the archive. What was left of the content of the one before is skipped. */
    Optional<TarEntry> next() throws IOException {
        PaxRecords pax = PaxRecords.NONE;
        String longName = "";
        String longLink = "";
        while (true) {
            skip(content + padding);
            content = 0;
            padding = 0;
            if (!readHeader()) {
                return Optional.empty();
            }
            TarHeader header = TarHeader.parse(block, position - TarHeader.BLOCK);
            switch (header.type()) {
                case 'x', 'X' -> pax = PaxRecords.parse(extension(header));
                // of all entries that follow: comments and the like, nothing that a layer needs
                case 'g' -> extension(header);
                case 'L' -> longName = CString.text(extension(header));
                case 'K' -> longLink = CString.text(extension(header));
                default -> {
                    String name = pax.text("path").orElse(longName.isEmpty() ? header.name() : longName);
                    String link = pax.text("linkpath").orElse(longLink.isEmpty() ? header.link() : longLink);
                    return Optional.of(entry(header, pax, name, link));
                }
            }
        }
    }

    /** Reads of the current entry's content; -1 at its end. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (content == 0) {
            return -1;
        }
        int count = in.read(target, offset, (int) Math.min(length, content));
        if (count < 0) {
            throw truncated();
        }
        position += count;
        content -= count;
        return count;
    }

    private TarEntry entry(TarHeader header, PaxRecords pax, String name, String link) throws IOException {
        Kind kind = kind(header, name);
        if (kind == Kind.FILE) {
            setContent(pax.number("size").orElse(header.size()), name);
        }
        List<Segment> segments = kind == Kind.FILE ? segments(header, pax) : List.of();
        long size = kind == Kind.FILE ? size(header, pax) : 0;
        SparseMap.check(segments, content, size);
        return new TarEntry(
                pax.text("GNU.sparse.name").orElse(name),
                kind,
                header.mode(),
                id(pax.number("uid").orElse(header.user()), name),
                id(pax.number("gid").orElse(header.group()), name),
                pax.time("mtime").orElse(Instant.ofEpochSecond(header.modified())),
                link,
                size,
                segments,
                kind == Kind.CHARACTER_DEVICE || kind == Kind.BLOCK_DEVICE
                        ? new DeviceNumber((int) header.major(), (int) header.minor())
                        : DeviceNumber.NONE,
                pax.attributes());
    }

    /** The highest number of 32 bits is no id: chown takes it for "leave it as it is". */
    private static long id(long id, String name) throws BadArchive {
        if (id < 0 || id >= 0xffff_ffffL) {
            throw new BadArchive("entry " + name + " belongs to " + id + ", which is no user or group id");
        }
        return id;
    }

    private static Kind kind(TarHeader header, String name) throws BadArchive {
        return switch (header.type()) {
            // before ustar a directory was a file with a slash at its end
            case '0', '\0' -> name.endsWith("/") ? Kind.DIRECTORY : Kind.FILE;
            case '7', 'S' -> Kind.FILE;
            case '1' -> Kind.HARD_LINK;
            case '2' -> Kind.SYMBOLIC_LINK;
            case '3' -> Kind.CHARACTER_DEVICE;
            case '4' -> Kind.BLOCK_DEVICE;
            case '5' -> Kind.DIRECTORY;
            case '6' -> Kind.FIFO;
            default -> throw new BadArchive("entry " + name + " is of unknown type '" + header.type() + "'");
        };
    }

    private List<Segment> segments(TarHeader header, PaxRecords pax) throws IOException {
        if (header.type() == 'S') {
            return SparseMap.old(header.bytes(), this::nextBlock);
        }
        if (pax.number("GNU.sparse.major").orElse(0) == 1) {
            return SparseMap.inContent(() -> {
                if (content < TarHeader.BLOCK) {
                    throw new BadArchive("a sparse map does not end within its entry");
                }
                content -= TarHeader.BLOCK;
                return nextBlock();
            });
        }
        Optional<List<Segment>> map = pax.sparseMap();
        return map.isPresent() ? map.get() : List.of(new Segment(0, content));
    }

    private long size(TarHeader header, PaxRecords pax) throws BadArchive {
        if (header.type() == 'S') {
            return header.realSize();
        }
        OptionalLong sparse = pax.number("GNU.sparse.realsize");
        return sparse.isPresent()
                ? sparse.getAsLong()
                : pax.number("GNU.sparse.size").orElse(content);
    }

    private byte[] extension(TarHeader header) throws IOException {
        long size = header.size();
        if (size < 0 || size > MAX_EXTENSION) {
            throw new BadArchive("an extension header of " + size + " bytes at byte " + position);
        }
        byte[] bytes = in.readNBytes((int) size);
        position += bytes.length;
        if (bytes.length < size) {
            throw truncated();
        }
        setContent(size, "extension header");
        content = 0;
        return bytes;
    }

    private void setContent(long size, String name) throws BadArchive {
        if (size < 0) {
            throw new BadArchive("entry " + name + " has the size " + size);
        }
        content = size;
        padding = -size & (TarHeader.BLOCK - 1);
    }

    /** False at the end: two blocks of zeros, or, as many writers leave them out, nothing more. */
    private boolean readHeader() throws IOException {
        if (!readBlock()) {
            return false;
        }
        if (!TarHeader.isZero(block)) {
            return true;
        }
        if (readBlock() && !TarHeader.isZero(block)) {
            throw new BadArchive("a block of zeros in the middle of the archive, at byte " + position);
        }
        return false;
    }

    private byte[] nextBlock() throws IOException {
        byte[] next = in.readNBytes(TarHeader.BLOCK);
        position += next.length;
        if (next.length < TarHeader.BLOCK) {
            throw truncated();
        }
        return next;
    }

    private boolean readBlock() throws IOException {
        int count = in.readNBytes(block, 0, TarHeader.BLOCK);
        position += count;
        if (count != 0 && count < TarHeader.BLOCK) {
            throw truncated();
        }
        return count != 0;
    }

    private void skip(long count) throws IOException {
        try {
            in.skipNBytes(count);
        } catch (EOFException e) {
            throw truncated();
        }
        position += count;
    }

    private BadArchive truncated() {
        return new BadArchive("the archive ends after " + position + " bytes in the middle of an entry");
    }
}
