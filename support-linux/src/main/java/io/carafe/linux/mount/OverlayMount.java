package io.carafe.linux.mount;

import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.OpenFlags;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Layers to be stacked by overlayfs.
 *
 * <p>Shape: {@code lower} is the topmost layer first, and is never empty; with {@code writable} changes go to its upper
 * directory, without it the mount is read-only (and needs two lower layers, or the kernel refuses). {@code options} are further
 * ones, such as {@code volatile} or {@code index=off}.
 *
 * <p>The kernel takes one page of options. Where the paths do not fit, or hold a character that separates options, they are
 * opened first and named by descriptor: more than 200 layers fit, where an image has at most 127.
 *
 * <p>Source: Documentation/filesystems/overlayfs.rst.
 */
public record OverlayMount(List<Path> lower, Optional<Writable> writable, List<String> options) {
    /** One page, less the NUL. */
    static final int MAX_OPTIONS = 4095;

    public OverlayMount {
        lower = List.copyOf(lower);
        options = List.copyOf(options);
        if (lower.isEmpty()) {
            throw new IllegalArgumentException("an overlay needs a lower layer");
        }
    }

    /** Where changes go; {@code work} is an empty directory of the same file system as {@code upper}. */
    public record Writable(Path upper, Path work) {}

    /** Mounts the stack at {@code target}, an existing directory. */
    public void mount(Path target) {
        long flags = writable.isPresent() ? 0 : 1;
        String byPath = options(Path::toString);
        if (fits(byPath) && paths().stream().noneMatch(OverlayMount::hasSeparator)) {
            Mounts.mount("overlay", target, "overlay", flags, byPath);
            return;
        }
        List<Fd> opened = new ArrayList<>();
        try {
            String byDescriptor = options(path -> {
                Fd fd = Fd.open(path, OpenFlags.PATH | OpenFlags.DIRECTORY);
                opened.add(fd);
                return fd.path().toString();
            });
            Mounts.mount("overlay", target, "overlay", flags, byDescriptor);
        } finally {
            opened.forEach(Fd::close);
        }
    }

    private String options(Function<Path, String> name) {
        List<String> all = new ArrayList<>(options);
        all.add("lowerdir=" + lower.stream().map(name).collect(Collectors.joining(":")));
        writable.ifPresent(w -> {
            all.add("upperdir=" + name.apply(w.upper()));
            all.add("workdir=" + name.apply(w.work()));
        });
        return String.join(",", all);
    }

    private List<Path> paths() {
        List<Path> all = new ArrayList<>(lower);
        writable.ifPresent(w -> all.addAll(List.of(w.upper(), w.work())));
        return all;
    }

    private static boolean fits(String options) {
        return options.getBytes(StandardCharsets.UTF_8).length <= MAX_OPTIONS;
    }

    private static boolean hasSeparator(Path path) {
        return path.toString().chars().anyMatch(c -> c == ':' || c == ',' || c == '\\' || c == '"');
    }
}
