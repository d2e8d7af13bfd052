package io.carafe.ports.tck.runtime;

import io.carafe.domain.resource.Bytes;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.spec.OciCapabilities;
import io.carafe.domain.spec.OciLinux;
import io.carafe.domain.spec.OciMount;
import io.carafe.domain.spec.OciNamespace;
import io.carafe.domain.spec.OciProcess;
import io.carafe.domain.spec.OciResources;
import io.carafe.domain.spec.OciRoot;
import io.carafe.domain.spec.OciSpec;
import io.carafe.domain.spec.OciUser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Specs by hand, as small as a process of busybox needs, so that the kit depends on no factory under test. */
final class TckSpecs {
    private static final List<String> CAPABILITIES =
            List.of("CAP_CHOWN", "CAP_KILL", "CAP_NET_BIND_SERVICE", "CAP_SETGID", "CAP_SETUID");

    private TckSpecs() {}

    static OciProcess process(List<String> args, boolean terminal) {
        return new OciProcess(
                terminal,
                new OciUser(0, 0, List.of()),
                args,
                List.of("PATH=/bin", "TERM=xterm"),
                "/",
                Optional.of(new OciCapabilities(CAPABILITIES, CAPABILITIES, CAPABILITIES, List.of(), List.of())),
                List.of(),
                true,
                Optional.empty(),
                OptionalInt.empty());
    }

    /** A pause's: the handler fills the root in. */
    static OciSpec sandbox(List<OciNamespace> namespaces, String cgroup, Map<String, String> sysctls) {
        return spec(
                process(List.of("/pause"), false),
                new OciRoot("", true),
                List.of(proc()),
                namespaces,
                cgroup,
                Optional.empty(),
                sysctls);
    }

    static OciSpec container(
            OciProcess process,
            Path rootfs,
            List<OciNamespace> namespaces,
            String cgroup,
            Optional<Bytes> memoryLimit) {
        List<OciMount> mounts = List.of(
                proc(),
                new OciMount("/dev", "tmpfs", "tmpfs", List.of("nosuid", "strictatime", "mode=755", "size=65536k")),
                new OciMount(
                        "/dev/pts",
                        "devpts",
                        "devpts",
                        List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620")));
        return spec(process, new OciRoot(rootfs.toString(), false), mounts, namespaces, cgroup, memoryLimit, Map.of());
    }

    private static OciSpec spec(
            OciProcess process,
            OciRoot root,
            List<OciMount> mounts,
            List<OciNamespace> namespaces,
            String cgroup,
            Optional<Bytes> memoryLimit,
            Map<String, String> sysctls) {
        return new OciSpec(
                OciSpec.VERSION,
                process,
                root,
                "",
                mounts,
                Map.of(),
                new OciLinux(
                        namespaces,
                        List.of(),
                        List.of(),
                        List.of(),
                        cgroup,
                        new OciResources(
                                List.of(),
                                memoryLimit.map(limit -> new OciResources.Memory(
                                        OptionalLong.of(limit.value()), OptionalLong.of(limit.value()))),
                                Optional.empty(),
                                List.of(),
                                Map.of()),
                        "",
                        Optional.empty(),
                        sysctls,
                        List.of(),
                        List.of()));
    }

    /**
     * Joins those of the pod; a PID namespace is the container's own where the pod has none. What is the host's is not named, and with
     * its network goes its name.
     */
    static List<OciNamespace> namespaces(NamespaceOptions options, Map<NamespaceType, Path> pod) {
        List<OciNamespace> namespaces = new ArrayList<>();
        namespaces.add(namespace(NamespaceType.MOUNT, Map.of()));
        if (!options.hostNetwork()) {
            namespaces.add(namespace(NamespaceType.NETWORK, pod));
            namespaces.add(namespace(NamespaceType.UTS, pod));
        }
        if (options.ipc() != NamespaceMode.NODE) {
            namespaces.add(namespace(NamespaceType.IPC, pod));
        }
        if (options.pid() != NamespaceMode.NODE) {
            namespaces.add(namespace(NamespaceType.PID, pod));
        }
        return namespaces;
    }

    private static OciNamespace namespace(NamespaceType type, Map<NamespaceType, Path> joined) {
        return new OciNamespace(
                type.specName(), Optional.ofNullable(joined.get(type)).map(Path::toString));
    }

    private static OciMount proc() {
        return new OciMount("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev"));
    }
}
