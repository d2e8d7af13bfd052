package io.carafe.domain.launch;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.SandboxSecurity;
import io.carafe.domain.spec.OciLinux;
import io.carafe.domain.spec.OciMount;
import io.carafe.domain.spec.OciProcess;
import io.carafe.domain.spec.OciRoot;
import io.carafe.domain.spec.OciSeccomp;
import io.carafe.domain.spec.OciSpec;
import io.carafe.domain.spec.OciUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the spec of a sandbox container, for pods that have one: a pause process that holds the pod's PID namespace, or the root
 * container of a handler with a kernel of its own. The handler fills in root and executable.
 */
public final class SandboxSpecFactory {
    /** The path of the pause executable inside the root that the handler makes. */
    public static final String PAUSE = "/pause";

    /** Last of the pod to be killed, as the kubelet's own value for it. */
    private static final int OOM_SCORE_ADJ = -998;

    private SandboxSpecFactory() {}

    /** @throws Fault.InvalidArgument if the pod names a seccomp profile of the node; use the other method */
    public static OciSpec create(PodSandbox sandbox, HostProfile host) {
        return create(sandbox, host, Optional.empty());
    }

    /** For a pod that names a seccomp profile of the node. */
    public static OciSpec create(PodSandbox sandbox, HostProfile host, OciSeccomp localhostSeccomp) {
        return create(sandbox, host, Optional.of(localhostSeccomp));
    }

    private static OciSpec create(PodSandbox sandbox, HostProfile host, Optional<OciSeccomp> localhost) {
        SandboxSecurity security = sandbox.config().security();
        OciProcess process = new OciProcess(
                false,
                new OciUser(
                        security.runAsUser().orElse(0), security.runAsGroup().orElse(0), security.supplementalGroups()),
                List.of(PAUSE),
                List.of(),
                "/",
                Optional.of(SpecCapabilities.none()),
                List.of(),
                true,
                SpecAppArmor.profile(security.appArmor(), security.privileged(), host),
                OptionalInt.of(Math.max(OOM_SCORE_ADJ, host.lowestOomScoreAdj())));
        return new OciSpec(
                OciSpec.VERSION,
                process,
                new OciRoot("", true),
                SpecNamespaces.hostname(sandbox),
                List.of(
                        new OciMount("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev")),
                        new OciMount(
                                "/dev", "tmpfs", "tmpfs", List.of("nosuid", "strictatime", "mode=755", "size=65536k"))),
                SpecAnnotations.ofSandbox(sandbox),
                new OciLinux(
                        SpecNamespaces.ofSandbox(sandbox, host),
                        SpecNamespaces.uidMappings(sandbox),
                        SpecNamespaces.gidMappings(sandbox),
                        List.of(),
                        SpecCgroup.path(sandbox, sandbox.id().value(), host),
                        SpecResources.of(
                                LinuxResources.UNLIMITED,
                                SpecDevices.of(List.of(), false, host).rules(),
                                host),
                        "",
                        SpecSeccomp.filter(security.seccomp(), localhost, host, Set.of()),
                        sysctls(sandbox),
                        List.of(),
                        List.of()));
    }

    /** Those of pinned namespaces were set when these were made; the others are the handler's to set in its own kernel. */
    private static Map<String, String> sysctls(PodSandbox sandbox) {
        Map<String, String> left = new TreeMap<>();
        sandbox.config().sysctls().forEach((name, value) -> {
            if (!sandbox.namespaces().containsKey(namespaceOf(name))) {
                left.put(name, value);
            }
        });
        return left;
    }

    /** Source: namespaces(7), and which sysctls runc accepts. */
    private static NamespaceType namespaceOf(String sysctl) {
        if (sysctl.startsWith("net.")) {
            return NamespaceType.NETWORK;
        }
        return sysctl.endsWith("hostname") || sysctl.endsWith("domainname") ? NamespaceType.UTS : NamespaceType.IPC;
    }
}
