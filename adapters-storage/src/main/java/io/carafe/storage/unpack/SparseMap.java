package io.carafe.storage.unpack;

import io.carafe.storage.unpack.TarEntry.Segment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the content of sparse files belongs, in the forms that GNU tar has had.
 *
 * <p>Source: GNU tar manual, "Storing Sparse Files".
 */
final class SparseMap {
    private static final int PAIR = 24;
    private static final int MAX_SEGMENTS = 1 << 20;

    private SparseMap() {}

    /** Gives the next block of the archive. */
    @FunctionalInterface
    interface Blocks {
        byte[] next() throws IOException;
    }

    /** The old form: four segments in the header, 21 in each block after it as long as they say that there is another. */
    static List<Segment> old(byte[] header, Blocks blocks) throws IOException {
        List<Long> numbers = new ArrayList<>();
        add(numbers, header, 386, 4);
        boolean more = header[482] != 0;
        while (more) {
            byte[] block = blocks.next();
            add(numbers, block, 0, 21);
            more = block[504] != 0;
        }
        return pairs(numbers);
    }

    private static void add(List<Long> numbers, byte[] block, int at, int count) throws BadArchive {
        for (int i = 0; i < count && block[at + i * PAIR + 12] != 0; i++) {
            numbers.add(TarHeader.number(block, at + i * PAIR, 12));
            numbers.add(TarHeader.number(block, at + i * PAIR + 12, 12));
        }
        check(numbers.size());
    }

    /** Format 1.0: decimal numbers, a line each, before the content: how many segments, then offset and length of each. */
    static List<Segment> inContent(Blocks blocks) throws IOException {
        byte[] block = blocks.next();
        int at = 0;
        List<Long> numbers = new ArrayList<>();
        long wanted = 1;
        StringBuilder digits = new StringBuilder();
        while (numbers.size() < wanted) {
            if (at == block.length) {
                block = blocks.next();
                at = 0;
            }
            char c = (char) Byte.toUnsignedInt(block[at++]);
            if (c != '\n') {
                digits.append(c);
                check(digits.length());
                continue;
            }
            numbers.add(PaxRecords.number("a sparse map", digits.toString().getBytes(StandardCharsets.ISO_8859_1)));
            digits.setLength(0);
            if (numbers.size() == 1) {
                check(numbers.getFirst());
                wanted += 2 * numbers.getFirst();
            }
        }
        return pairs(numbers.subList(1, numbers.size()));
    }

    static List<Segment> pairs(List<Long> numbers) throws BadArchive {
        check(numbers.size());
        if (numbers.size() % 2 != 0) {
            throw new BadArchive("a sparse map has an offset without a length");
        }
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i += 2) {
            segments.add(new Segment(numbers.get(i), numbers.get(i + 1)));
        }
        return segments;
    }

    /** Segments follow each other, lie within the file and are as long together as the content. */
    static void check(List<Segment> segments, long content, long size) throws BadArchive {
        long end = 0;
        long sum = 0;
        for (Segment segment : segments) {
            if (segment.offset() < end || segment.length() < 0 || segment.length() > size - segment.offset()) {
                throw new BadArchive("a sparse map has a segment outside its file");
            }
            end = segment.offset() + segment.length();
            sum += segment.length();
        }
        if (sum != content) {
            throw new BadArchive("a sparse map tells of " + sum + " bytes where the archive has " + content);
        }
    }

    private static void check(long count) throws BadArchive {
        if (count < 0 || count > 2L * MAX_SEGMENTS) {
            throw new BadArchive("a sparse map has too many segments: " + count);
        }
    }
}
