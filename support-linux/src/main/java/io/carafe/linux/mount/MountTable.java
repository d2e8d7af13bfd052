package io.carafe.linux.mount;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was mounted at one moment, in the kernel's order: a mount comes after the one it is mounted on.
 *
 * <p>Units: a mount namespace holds some hundred lines; reading takes well under a millisecond.
 */
public record MountTable(List<MountPoint> mounts) {
    public MountTable {
        mounts = List.copyOf(mounts);
    }

    /** The mounts that this process sees. */
    public static MountTable read() {
        return read(Path.of("/proc/self/mountinfo"));
    }

    /** The mounts in a file of mountinfo's form. */
    public static MountTable read(Path mountinfo) {
        try {
            return parse(Files.readString(mountinfo, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("read mount table " + mountinfo, e);
        }
    }

    static MountTable parse(String text) {
        return new MountTable(text.lines()
                .filter(line -> !line.isEmpty())
                .map(MountPoint::parse)
                .toList());
    }

    /** The topmost mount whose mount point is exactly {@code path}. */
    public Optional<MountPoint> at(Path path) {
        return mounts.reversed().stream()
                .filter(mount -> mount.path().equals(path))
                .findFirst();
    }

    /** The mounts at and below {@code directory}; reversed, this is an order in which they can be unmounted. */
    public List<MountPoint> under(Path directory) {
        return mounts.stream()
                .filter(mount -> mount.path().startsWith(directory))
                .toList();
    }

    /** The mount that a file at {@code path}, which need not exist, lies on. */
    public Optional<MountPoint> holding(Path path) {
        Optional<MountPoint> best = Optional.empty();
        for (MountPoint mount : mounts) {
            if (path.startsWith(mount.path())
                    && best.map(b -> mount.path().getNameCount() >= b.path().getNameCount())
                            .orElse(true)) {
                best = Optional.of(mount);
            }
        }
        return best;
    }
}
