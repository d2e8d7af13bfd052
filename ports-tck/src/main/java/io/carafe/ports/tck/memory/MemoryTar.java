package io.carafe.ports.tck.memory;

import io.carafe.domain.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what {@link io.carafe.ports.tck.TckLayer} writes: plain ustar with short names. */
final class MemoryTar {
    private static final int BLOCK = 512;

    private MemoryTar() {}

    /** One entry; {@code path} and, of a hard link, {@code link} are normalised and relative. */
    record Entry(String path, char type, int mode, long modified, String link, byte[] content) {
        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        String parent() {
            return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        }

        boolean isOpaqueMark() {
            return name().equals(".wh..wh..opq");
        }

        boolean isWhiteout() {
            return name().startsWith(".wh.") && !isOpaqueMark();
        }

        /** The path that a whiteout hides. */
        String hidden() {
            String name = name().substring(".wh.".length());
            return parent().isEmpty() ? name : parent() + "/" + name;
        }
    }

    /** All entries, if they make a layer that nothing can go wrong with. */
    static List<Entry> read(byte[] tar) {
        List<Entry> entries = new ArrayList<>();
        Set<String> files = new HashSet<>();
        int at = 0;
        while (at < tar.length && tar[at] != 0) {
            if (at + BLOCK > tar.length) {
                throw new Fault.Corrupt("unpack layer: the archive ends in a header");
            }
            char type = (char) tar[at + 156];
            int size = (int) octal(tar, at + 124, 12);
            int mode = (int) octal(tar, at + 100, 8);
            long modified = octal(tar, at + 136, 12);
            String path = normal(text(tar, at, 100));
            String link = text(tar, at + 157, 100);
            if (type == '1') {
                link = normal(link);
                if (!files.contains(link)) {
                    throw new Fault.Corrupt("unpack layer: hard link " + path + " to " + link + ", which is not there");
                }
            }
            at += BLOCK;
            if (at + size > tar.length) {
                throw new Fault.Corrupt("unpack layer: the archive ends in " + path);
            }
            Entry entry = new Entry(path, type, mode, modified, link, Arrays.copyOfRange(tar, at, at + size));
            if (files.contains(entry.parent())) {
                throw new Fault.Corrupt("unpack layer: " + path + " lies below a file");
            }
            if (type == '0' || type == '1') {
                files.add(path);
            } else {
                files.remove(path);
            }
            entries.add(entry);
            at += (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        return entries;
    }

    private static String normal(String path) {
        List<String> names = Arrays.stream(path.split("/"))
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList();
        if (names.contains("..")) {
            throw new Fault.Corrupt("unpack layer: '" + path + "' would leave the root");
        }
        return String.join("/", names);
    }

    private static String text(byte[] tar, int at, int length) {
        int end = at;
        while (end < at + length && tar[end] != 0) {
            end++;
        }
        return new String(tar, at, end - at, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] tar, int at, int length) {
        try {
            return Long.parseLong(text(tar, at, length).trim(), 8);
        } catch (NumberFormatException e) {
            throw new Fault.Corrupt("unpack layer: not a tar archive", e);
        }
    }
}
