package io.carafe.adapters.linux;

import io.carafe.domain.sandbox.DnsConfig;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.linux.file.FileEntry;
import io.carafe.linux.file.FileStatus;
import io.carafe.linux.mount.Mounts;
import io.carafe.ports.host.PodFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Files in {@code FILES/POD}, which survives a reboot, and /dev/shm mounted at {@code SHM/POD}, which does not. */
final class LinuxPodFiles implements PodFiles {
    /** What Docker, containerd and CRI-O give a pod. */
    private static final long SHM_BYTES = 64L << 20;

    private static final int SHM_MODE = 01777;
    private static final Path HOST_SHM = Path.of("/dev/shm");
    private static final Path HOST_HOSTS = Path.of("/etc/hosts");
    private static final String LOCALHOST = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n";

    private final PodDirectories files;
    private final PodDirectories shm;
    private final HostResolvConf hostResolvConf;

    LinuxPodFiles(Path files, Path shm, HostResolvConf hostResolvConf) {
        this.files = new PodDirectories(files);
        this.shm = new PodDirectories(shm);
        this.hostResolvConf = hostResolvConf;
    }

    @Override
    public Paths write(PodSandboxId id, String hostname, boolean hostShm, Optional<DnsConfig> dns) {
        Optional<String> resolvConf =
                dns.filter(config -> !ResolvConf.isEmpty(config)).map(ResolvConf::of);
        return HostFault.during("write files of pod " + id, () -> {
            Paths paths = paths(id, hostShm);
            Files.createDirectories(files.of(id));
            write(paths.hostname(), hostname + "\n");
            // the kubelet mounts a file of its own over this one
            write(paths.hosts(), Files.exists(HOST_HOSTS) ? Files.readString(HOST_HOSTS) : LOCALHOST);
            write(paths.resolvConf(), resolvConf.isPresent() ? resolvConf.get() : hostResolvConf.read());
            if (!hostShm) {
                mountShm(paths.shm());
            }
            return paths;
        });
    }

    @Override
    public Paths paths(PodSandboxId id, boolean hostShm) {
        Path directory = files.of(id);
        return new Paths(
                directory.resolve("hostname"),
                directory.resolve("hosts"),
                directory.resolve("resolv.conf"),
                hostShm ? HOST_SHM : shm.of(id));
    }

    @Override
    public void remove(PodSandboxId id) {
        HostFault.doing("remove files of pod " + id, () -> {
            while (Mounts.unmount(shm.of(id))) {
                // one may lie below another
            }
            removeTree(shm.of(id));
            removeTree(files.of(id));
        });
    }

    @Override
    public Set<PodSandboxId> list() {
        return HostFault.during("list pod files", () -> {
            Set<PodSandboxId> ids = new LinkedHashSet<>(files.list());
            ids.addAll(shm.list());
            return ids;
        });
    }

    private static void mountShm(Path directory) throws IOException {
        Files.createDirectories(directory);
        boolean mounted = FileStatus.of(directory).filter(FileStatus::mountRoot).isPresent();
        if (!mounted) {
            Mounts.tmpfs(directory, SHM_BYTES, SHM_MODE);
        }
    }

    // In place and not by a rename: a container that has the file mounted sees the new text.
    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static void removeTree(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (FileEntry entry = FileEntry.of(directory)) {
            entry.remove();
        }
    }
}
