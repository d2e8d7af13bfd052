package io.carafe.gvisor;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.spec.OciMount;
import io.carafe.domain.spec.OciSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Masked and read-only paths, of which runsc knows nothing, as mounts. Those of /proc and /sys stay as they are: there a container sees
 * gVisor's kernel, not the host's, whose files such lists are to protect.
 */
final class HiddenPaths {
    private static final List<Path> OWN_KERNEL = List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"));

    private HiddenPaths() {}

    /** The spec with its lists turned into mounts; what is not there needs none, as runc has it. */
    static OciSpec asMounts(OciSpec spec) {
        List<OciMount> mounts = new ArrayList<>(spec.mounts());
        for (String path : spec.linux().maskedPaths()) {
            source(spec, path).ifPresent(source -> mounts.add(masked(path, source)));
        }
        for (String path : spec.linux().readonlyPaths()) {
            source(spec, path)
                    .ifPresent(source -> mounts.add(
                            new OciMount(path, "bind", source.toString(), List.of("rbind", "rprivate", "ro"))));
        }
        return spec.withMounts(mounts);
    }

    private static OciMount masked(String path, Path source) {
        return Files.isDirectory(source)
                ? new OciMount(path, "tmpfs", "tmpfs", List.of("ro", "nosuid", "nodev", "noexec"))
                : new OciMount(path, "bind", "/dev/null", List.of("bind", "rprivate", "ro"));
    }

    /**
     * The file on the host that a path of the container shows.
     *
     * @throws Fault.Unsupported if it is below a mount that is none of the host's files
     */
    private static Optional<Path> source(OciSpec spec, String text) {
        Path path = Path.of("/").resolve(text).normalize();
        if (OWN_KERNEL.stream().anyMatch(path::startsWith)) {
            return Optional.empty();
        }
        Optional<OciMount> holder = spec.mounts().stream()
                .filter(mount -> path.startsWith(mount.destination()))
                .max(Comparator.comparingInt(
                        mount -> Path.of(mount.destination()).getNameCount()));
        if (holder.isPresent() && !holder.get().type().equals("bind")) {
            throw new Fault.Unsupported("hide or protect path " + text + ": it is on "
                    + holder.get().destination()
                    + ", a mount of gVisor's own; leave it out, or choose another handler");
        }
        Path base = Path.of(holder.map(OciMount::source).orElse(spec.root().path()));
        Path top = Path.of(holder.map(OciMount::destination).orElse("/"));
        return within(base, base.resolve(top.relativize(path)), text);
    }

    /** A link of the image must not lead out of it. */
    private static Optional<Path> within(Path base, Path file, String text) {
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(base.toRealPath())) {
                throw new Fault.InvalidArgument("hide or protect path " + text + ": a link leads to " + real
                        + ", out of the container's files");
            }
            return Optional.of(real);
        } catch (IOException e) {
            // not there
            return Optional.empty();
        }
    }
}
