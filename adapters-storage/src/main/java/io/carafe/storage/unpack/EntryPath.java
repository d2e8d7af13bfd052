package io.carafe.storage.unpack;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where an entry belongs, from the layer's root: names joined by slashes, none of them empty, "." or "..". The root itself is
 * empty. A slash in front means the root too, as tar has it.
 */
record EntryPath(String text) {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    static EntryPath of(String name) throws BadArchive {
        List<String> names = Stream.of(name.split("/"))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
        if (names.contains("..")) {
            throw new BadArchive("the name " + name + " has .. in it and could leave the root");
        }
        return new EntryPath(String.join("/", names));
    }

    boolean isRoot() {
        return text.isEmpty();
    }

    String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    EntryPath parent() {
        return new EntryPath(text.substring(0, Math.max(0, text.lastIndexOf('/'))));
    }

    /** Says that nothing of lower layers shows in {@link #parent}. */
    boolean isOpaqueMark() {
        return name().equals(OPAQUE);
    }

    /** Says that {@link #hidden} of lower layers is gone. */
    boolean isWhiteout() {
        return name().startsWith(WHITEOUT) && !isForeignMark();
    }

    /** Marks of aufs, from where these names come, that mean nothing here. */
    boolean isForeignMark() {
        return name().startsWith(WHITEOUT + WHITEOUT);
    }

    EntryPath hidden() throws BadArchive {
        String name = name().substring(WHITEOUT.length());
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new BadArchive("the whiteout " + text + " hides no file");
        }
        return new EntryPath(parent().isRoot() ? name : parent().text + "/" + name);
    }
}
