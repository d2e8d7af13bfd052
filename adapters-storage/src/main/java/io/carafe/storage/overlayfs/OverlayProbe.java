package io.carafe.storage.overlayfs;

import io.carafe.domain.fault.Fault;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.mount.OverlayMount;
import io.carafe.ports.spi.Availability;
import io.carafe.storage.content.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether overlayfs works: in the kernel, and on the file system that the state directory is on. */
final class OverlayProbe {
    private OverlayProbe() {}

    /** @param proc where procfs is; {@code modules} where the kernel's modules are, by release */
    static Availability kernel(Path proc, Path modules) {
        try {
            String release =
                    Files.readString(proc.resolve("sys/kernel/osrelease")).strip();
            boolean known = Files.readAllLines(proc.resolve("filesystems")).stream()
                    .anyMatch(line -> line.strip().endsWith("\toverlay"));
            Path list = modules.resolve(release).resolve("modules.dep");
            // mounting loads the module
            if (known || (Files.exists(list) && Files.readString(list).contains("/overlay.ko"))) {
                return new Availability.Available(release);
            }
            return new Availability.Missing("the kernel " + release + " has no overlayfs: it is neither in " + proc
                    + "/filesystems nor a module in " + list + "; load it with 'modprobe overlay'");
        } catch (IOException e) {
            return new Availability.Missing("cannot tell whether the kernel has overlayfs: " + e.getMessage());
        }
    }

    /**
     * Mounts an overlay on the state directory's file system and removes a file in it, which takes an upper file system with
     * attributes, device nodes and file types in directories.
     *
     * @throws Fault.Unsupported if the file system cannot do it, with the reason
     */
    static void demandUpper(Path state) {
        try {
            Path probe = Files.createTempDirectory(Files.createDirectories(state.resolve("work")), "probe-");
            try {
                mountAndRemove(probe, state);
            } finally {
                WorkDirectory.remove(probe);
            }
        } catch (IOException e) {
            throw DiskFaults.of("probe overlayfs in " + state, e);
        }
    }

    private static void mountAndRemove(Path probe, Path state) throws IOException {
        Path lower = Files.createDirectory(probe.resolve("lower"));
        Path upper = Files.createDirectory(probe.resolve("upper"));
        Path work = Files.createDirectory(probe.resolve("work"));
        Path merged = Files.createDirectory(probe.resolve("merged"));
        Files.createFile(lower.resolve("file"));
        try {
            new OverlayMount(List.of(lower), Optional.of(new OverlayMount.Writable(upper, work)), List.of())
                    .mount(merged);
        } catch (LinuxException e) {
            throw unsupported(
                    state, e.getMessage() + (e.errno() == Errno.EPERM ? " (the daemon must run as root)" : ""));
        }
        Files.delete(merged.resolve("file"));
        try (Stream<Path> left = Files.list(merged)) {
            if (left.findAny().isPresent()) {
                throw unsupported(
                        state,
                        "a removed file is still listed: it keeps no file types in directories"
                                + " (xfs made with ftype=0)");
            }
        }
    }

    private static Fault unsupported(Path state, String reason) {
        return new Fault.Unsupported(
                "the file system of " + state + " cannot hold what containers write, by overlayfs: " + reason
                        + "; put the state directory on ext4, xfs (ftype=1), btrfs or tmpfs, not on overlayfs or NFS");
    }
}
