package io.carafe.ports.tck.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A directory that layers are copied into, one over the other. */
final class MemoryTree {
    private final Path root;

    MemoryTree(Path root) {
        this.root = root;
    }

    /** Whiteouts first: they hide nothing of their own layer. */
    void apply(List<MemoryTar.Entry> layer) throws IOException {
        for (MemoryTar.Entry entry : layer) {
            if (entry.isWhiteout()) {
                remove(place(entry.hidden()));
            } else if (entry.isOpaqueMark()) {
                for (Path child : children(place(entry.parent()))) {
                    remove(child);
                }
            }
        }
        for (MemoryTar.Entry entry : layer) {
            if (!entry.isWhiteout() && !entry.isOpaqueMark() && !entry.path().isEmpty()) {
                write(entry);
            }
        }
        for (MemoryTar.Entry entry : layer) {
            Path place = place(entry.path());
            if (entry.type() == '5' && Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                stamp(place, entry);
            }
        }
    }

    private void write(MemoryTar.Entry entry) throws IOException {
        Path place = place(entry.path());
        Files.createDirectories(place.getParent());
        boolean directories = entry.type() == '5' && Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS);
        if (!directories) {
            remove(place);
        }
        switch (entry.type()) {
            case '0' -> {
                Files.write(place, entry.content());
                stamp(place, entry);
            }
            case '1' -> Files.createLink(place, place(entry.link()));
            case '2' -> Files.createSymbolicLink(place, Path.of(entry.link()));
            case '5' -> Files.createDirectories(place);
            default -> throw new IOException("type " + entry.type() + " of " + entry.path());
        }
    }

    private Path place(String path) {
        int slash = path.lastIndexOf('/');
        return MemoryRootFiles.resolve(root, slash < 0 ? "" : path.substring(0, slash))
                .resolve(path.substring(slash + 1));
    }

    private static void stamp(Path place, MemoryTar.Entry entry) throws IOException {
        Set<PosixFilePermission> permissions = new HashSet<>();
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int bit = 0; bit < all.length; bit++) {
            if ((entry.mode() & (0400 >> bit)) != 0) {
                permissions.add(all[bit]);
            }
        }
        Files.setPosixFilePermissions(place, permissions);
        Files.setLastModifiedTime(place, FileTime.from(entry.modified(), TimeUnit.SECONDS));
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        }
    }

    /** Removes a tree, if it is there. */
    static void remove(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Bytes and files below a directory. */
    record Size(long bytes, long files) {
        static Size of(Path directory) throws IOException {
            try (Stream<Path> paths = Files.walk(directory)) {
                long bytes = 0;
                long files = 0;
                for (Path path : paths.toList()) {
                    files++;
                    bytes += Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.size(path) : 0;
                }
                return new Size(bytes, files);
            }
        }
    }
}
