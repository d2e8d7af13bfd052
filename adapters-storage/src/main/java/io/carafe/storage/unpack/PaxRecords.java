package io.carafe.storage.unpack;

import io.carafe.linux.libc.CString;
import io.carafe.storage.unpack.TarEntry.Segment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an extended header says of the entry after it. Values stay bytes: attributes such as {@code security.capability} are not
 * text.
 *
 * <p>Source: POSIX.1-2001 pax, "pax Extended Header"; star's SCHILY.xattr; GNU.sparse of the GNU tar manual.
 */
final class PaxRecords {
    static final PaxRecords NONE = new PaxRecords(Map.of(), List.of());
    private static final String ATTRIBUTE = "SCHILY.xattr.";

    private final Map<String, byte[]> values;
    /** Offsets and lengths of sparse format 0.0, which alone repeats its keys. */
    private final List<Long> sparseNumbers;

    private PaxRecords(Map<String, byte[]> values, List<Long> sparseNumbers) {
        this.values = values;
        this.sparseNumbers = sparseNumbers;
    }

    /** Parses {@code "length key=value\n"} again and again. */
    static PaxRecords parse(byte[] header) throws BadArchive {
        Map<String, byte[]> values = new HashMap<>();
        List<Long> sparse = new ArrayList<>();
        int at = 0;
        while (at < header.length && header[at] != 0) {
            int blank = indexOf(header, ' ', at, header.length);
            long length = number("length", Arrays.copyOfRange(header, at, Math.max(at, blank)));
            if (blank < 0 || length <= blank + 1 - at || length > header.length - at) {
                throw new BadArchive("an extended header has a record of a wrong length");
            }
            int end = at + (int) length - 1;
            int equal = indexOf(header, '=', blank, end);
            if (equal < 0 || header[end] != '\n') {
                throw new BadArchive("an extended header has a record without key or end");
            }
            String key = new String(header, blank + 1, equal - blank - 1, StandardCharsets.UTF_8);
            byte[] value = Arrays.copyOfRange(header, equal + 1, end);
            if (key.equals("GNU.sparse.offset") || key.equals("GNU.sparse.numbytes")) {
                sparse.add(number(key, value));
            }
            values.put(key, value);
            at = end + 1;
        }
        return new PaxRecords(values, sparse);
    }

    Optional<String> text(String key) throws BadArchive {
        byte[] value = values.get(key);
        // an empty value means: as if it were not there
        if (value == null || value.length == 0) {
            return Optional.empty();
        }
        if (indexOf(value, '\0', 0, value.length) >= 0) {
            throw new BadArchive("the value of " + key + " in an extended header has a NUL");
        }
        return Optional.of(CString.text(value));
    }

    OptionalLong number(String key) throws BadArchive {
        byte[] value = values.get(key);
        return value == null || value.length == 0 ? OptionalLong.empty() : OptionalLong.of(number(key, value));
    }

    /** Seconds with a fraction, also before 1970. */
    Optional<Instant> time(String key) throws BadArchive {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            BigDecimal seconds = new BigDecimal(text.get());
            BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
            return Optional.of(Instant.ofEpochSecond(
                    whole.longValueExact(),
                    seconds.subtract(whole).movePointRight(9).longValue()));
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            throw new BadArchive("the value of " + key + " in an extended header is not a time", e);
        }
    }

    Map<String, byte[]> attributes() {
        Map<String, byte[]> attributes = new HashMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(ATTRIBUTE)) {
                attributes.put(key.substring(ATTRIBUTE.length()), value);
            }
        });
        return attributes;
    }

    /** The map of sparse formats 0.0 and 0.1; empty if the file is of neither. */
    Optional<List<Segment>> sparseMap() throws BadArchive {
        List<Long> numbers = sparseNumbers;
        Optional<String> map = text("GNU.sparse.map");
        if (map.isPresent()) {
            numbers = new ArrayList<>();
            for (String number : map.get().split(",")) {
                numbers.add(number("GNU.sparse.map", number.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return numbers.isEmpty() ? Optional.empty() : Optional.of(SparseMap.pairs(numbers));
    }

    static long number(String key, byte[] value) throws BadArchive {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        try {
            if (!text.startsWith("+")) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException e) {
            throw new BadArchive("'" + text + "' of " + key + " in an extended header is not a number", e);
        }
        throw new BadArchive("'" + text + "' of " + key + " in an extended header is not a number");
    }

    private static int indexOf(byte[] bytes, char wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
