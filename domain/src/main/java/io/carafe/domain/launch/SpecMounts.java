package io.carafe.domain.launch;

import io.carafe.domain.container.ContainerMount;
import io.carafe.domain.container.ContainerSecurity;
import io.carafe.domain.container.MountPropagation;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.spec.OciMount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is mounted in a container, in order: file systems of the kernel first, then the pod's files and the container's own
 * mounts, parents before children.
 */
final class SpecMounts {
    private SpecMounts() {}

    static List<OciMount> of(ContainerSpecRequest request) {
        List<OciMount> own = request.mounts().stream().map(SpecMounts::bind).toList();
        Set<Path> taken =
                own.stream().map(mount -> Path.of(mount.destination())).collect(Collectors.toUnmodifiableSet());
        List<OciMount> mounts = new ArrayList<>();
        for (OciMount mount : kernelMounts(request)) {
            // a user's /dev or /sys comes with what it has below
            if (taken.stream().noneMatch(Path.of(mount.destination())::startsWith)) {
                mounts.add(mount);
            }
        }
        Stream<OciMount> podFiles =
                podFiles(request).stream().filter(mount -> !taken.contains(Path.of(mount.destination())));
        Stream.concat(podFiles, own.stream())
                .sorted(Comparator.comparingInt(
                        mount -> Path.of(mount.destination()).getNameCount()))
                .forEach(mounts::add);
        return mounts;
    }

    /** Without this the kernel would not carry a mount event across the container's root. Empty for the runtime's default. */
    static String rootfsPropagation(List<SpecMount> mounts) {
        Set<MountPropagation> wanted =
                mounts.stream().map(mount -> mount.mount().propagation()).collect(Collectors.toUnmodifiableSet());
        if (wanted.contains(MountPropagation.BIDIRECTIONAL)) {
            return "rshared";
        }
        return wanted.contains(MountPropagation.HOST_TO_CONTAINER) ? "rslave" : "";
    }

    private static List<OciMount> kernelMounts(ContainerSpecRequest request) {
        ContainerSecurity security = request.config().security();
        String access = security.privileged() ? "rw" : "ro";
        return List.of(
                new OciMount("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev")),
                new OciMount("/dev", "tmpfs", "tmpfs", List.of("nosuid", "strictatime", "mode=755", "size=65536k")),
                new OciMount(
                        "/dev/pts",
                        "devpts",
                        "devpts",
                        List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5")),
                new OciMount("/dev/mqueue", "mqueue", "mqueue", List.of("nosuid", "noexec", "nodev")),
                sysfs(request, access),
                new OciMount(
                        "/sys/fs/cgroup",
                        "cgroup",
                        "cgroup",
                        List.of("nosuid", "noexec", "nodev", "relatime", access)));
    }

    private static OciMount sysfs(ContainerSpecRequest request, String access) {
        boolean hostNetwork = request.config().security().namespaces().hostNetwork();
        if (hostNetwork && SpecNamespaces.hasUserNamespace(request.sandbox())) {
            // the kernel lets only the owner of the network namespace mount a sysfs of it, see user_namespaces(7)
            return new OciMount(
                    "/sys", "bind", "/sys", List.of("rbind", "rprivate", "nosuid", "noexec", "nodev", access));
        }
        return new OciMount("/sys", "sysfs", "sysfs", List.of("nosuid", "noexec", "nodev", access));
    }

    private static List<OciMount> podFiles(ContainerSpecRequest request) {
        PodPaths paths = request.podPaths();
        String access = request.config().security().readonlyRootfs() ? "ro" : "rw";
        boolean ownIpc = request.config().security().namespaces().ipc() == NamespaceMode.CONTAINER;
        OciMount shm = ownIpc
                ? new OciMount(
                        "/dev/shm", "tmpfs", "shm", List.of("nosuid", "noexec", "nodev", "mode=1777", "size=65536k"))
                : new OciMount("/dev/shm", "bind", paths.shm().toString(), List.of("rbind", "rprivate", "rw"));
        return List.of(
                podFile("/etc/hostname", paths.hostname(), access),
                podFile("/etc/hosts", paths.hosts(), access),
                podFile("/etc/resolv.conf", paths.resolvConf(), access),
                shm);
    }

    private static OciMount podFile(String destination, Path source, String access) {
        return new OciMount(destination, "bind", source.toString(), List.of("rbind", "rprivate", access));
    }

    private static OciMount bind(SpecMount specMount) {
        ContainerMount mount = specMount.mount();
        String propagation = switch (mount.propagation()) {
            case PRIVATE -> "rprivate";
            case HOST_TO_CONTAINER -> "rslave";
            case BIDIRECTIONAL -> "rshared";
        };
        String access = mount.recursiveReadOnly() ? "rro" : mount.readonly() ? "ro" : "rw";
        // Kubernetes lets mount paths be relative and means the root
        String destination =
                Path.of("/").resolve(mount.containerPath()).normalize().toString();
        return new OciMount(destination, "bind", specMount.source(), List.of("rbind", propagation, access));
    }
}
