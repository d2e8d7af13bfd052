package io.carafe.gvisor;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.spec.OciLinux;
import io.carafe.domain.spec.OciMount;
import io.carafe.domain.spec.OciNamespace;
import io.carafe.domain.spec.OciProcess;
import io.carafe.domain.spec.OciResources;
import io.carafe.domain.spec.OciSpec;
import io.carafe.domain.spec.OciUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes a spec that is complete for runc one for runsc. What a container would silently not get is refused: profiles of AppArmor.
 * Limits are the exception, they hold for the pod as a whole.
 *
 * <p>Source: gVisor's runsc/specutils and runsc/boot/loader.go, 2024-07.
 */
final class GvisorSpecAdjustments {
    private static final String TYPE = "io.kubernetes.cri.container-type";
    private static final String SANDBOX = "io.kubernetes.cri.sandbox-id";
    private static final OciResources UNLIMITED =
            new OciResources(List.of(), Optional.empty(), Optional.empty(), List.of(), Map.of());

    private GvisorSpecAdjustments() {}

    /** Of the sandbox container. Its namespaces but the network are the sandbox' own. */
    static OciSpec sandbox(OciSpec spec, String id) {
        return adjusted(spec, id, "sandbox", spec.linux().resources());
    }

    /** Of a container; its limits are not for the host's cgroups, where it has no process. */
    static OciSpec container(OciSpec spec, String sandbox) {
        Optional<String> profile = spec.process().apparmorProfile();
        if (profile.isPresent()) {
            throw new Fault.Unsupported("AppArmor profile '" + profile.get() + "' was asked for: "
                    + MissingFeatures.APPARMOR + "; leave it out, or choose another handler");
        }
        return adjusted(HiddenPaths.asMounts(spec), sandbox, "container", UNLIMITED);
    }

    /** A process' groups in order, as the host's kernel keeps them and programs show them; gVisor's keeps what it gets. */
    static OciProcess process(OciProcess process) {
        OciUser user = process.user();
        List<Long> groups = user.additionalGids().stream().sorted().toList();
        return process.withUser(new OciUser(user.uid(), user.gid(), groups));
    }

    private static OciSpec adjusted(OciSpec spec, String sandbox, String type, OciResources resources) {
        OciLinux linux = spec.linux();
        Map<String, String> annotations = new TreeMap<>(spec.annotations());
        annotations.put(TYPE, type);
        annotations.put(SANDBOX, sandbox);
        return new OciSpec(
                spec.ociVersion(),
                process(spec.process()),
                spec.root(),
                spec.hostname(),
                spec.mounts().stream().map(GvisorSpecAdjustments::mount).toList(),
                annotations,
                new OciLinux(
                        namespaces(linux),
                        linux.uidMappings(),
                        linux.gidMappings(),
                        // the host's, of which gVisor has none: a privileged container would fail for them
                        List.of(),
                        linux.cgroupsPath(),
                        new OciResources(
                                List.of(),
                                resources.memory(),
                                resources.cpu(),
                                resources.hugepageLimits(),
                                resources.unified()),
                        "",
                        linux.seccomp(),
                        linux.sysctl(),
                        List.of(),
                        List.of()));
    }

    /** A read-only mount is so for all that is mounted below on the host: to the sandbox it is one tree of files. */
    private static OciMount mount(OciMount mount) {
        List<String> options = mount.options().stream()
                .map(option -> option.equals("rro") ? "ro" : option)
                .toList();
        return new OciMount(mount.destination(), mount.type(), mount.source(), options);
    }

    /**
     * A container without a PID namespace is in the sandbox' first one, with the pause process: that is how it shares the pod's.
     * IPC and UTS are joined by whoever names the same path.
     */
    private static List<OciNamespace> namespaces(OciLinux linux) {
        return linux.namespaces().stream()
                .filter(namespace -> !namespace.type().equals(NamespaceType.PID.specName())
                        || namespace.path().isEmpty())
                .toList();
    }
}
