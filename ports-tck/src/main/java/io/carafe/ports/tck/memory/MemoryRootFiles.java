package io.carafe.ports.tck.memory;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.image.RootFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Follows links by hand, one name after the other; safe only where nobody changes the tree meanwhile. */
public final class MemoryRootFiles implements RootFiles {
    private static final int MAX_LINKS = 40;
    private static final int MAX_SIZE = 1 << 20;

    @Override
    public Optional<String> read(Path root, String path) {
        Path file = resolve(root, path);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Fault.InvalidArgument("read " + path + " in " + root + ": it is no regular file");
        }
        try {
            byte[] content = Files.readAllBytes(file);
            if (content.length > MAX_SIZE) {
                throw new Fault.InvalidArgument("read " + path + " in " + root + ": it has more than 1 MiB");
            }
            return Optional.of(new String(content, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void makeDirectories(Path root, String path) {
        Path directory = resolve(root, path);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new Fault.InvalidArgument("make directory " + path + " in " + root + ": a file is in the way", e);
        }
    }

    /** The path on the host of {@code path} in the root, all links followed; it need not exist. */
    static Path resolve(Path root, String path) {
        Deque<String> names = new ArrayDeque<>(List.of(path.split("/")));
        Path at = root;
        int links = 0;
        while (!names.isEmpty()) {
            String name = names.removeFirst();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                at = at.equals(root) ? root : at.resolveSibling("").normalize();
                continue;
            }
            Path next = at.resolve(name);
            if (!Files.isSymbolicLink(next)) {
                at = next;
                continue;
            }
            if (++links > MAX_LINKS) {
                throw new Fault.InvalidArgument("look at " + path + " in " + root + ": too many symbolic links");
            }
            String target = readLink(next);
            List<String> parts = List.of(target.split("/"));
            parts.reversed().forEach(names::addFirst);
            at = target.startsWith("/") ? root : at;
        }
        return at;
    }

    private static String readLink(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
