package io.carafe.domain.launch;

import io.carafe.domain.container.ContainerConfig;
import io.carafe.domain.container.ContainerSecurity;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.spec.OciCapabilities;
import io.carafe.domain.spec.OciLinux;
import io.carafe.domain.spec.OciProcess;
import io.carafe.domain.spec.OciRoot;
import io.carafe.domain.spec.OciSpec;
import io.carafe.domain.spec.OciUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes the spec of a container, complete for runc; handlers of other worlds adjust it. Pure: the same request gives the same
 * spec. Source: CRI v1 ContainerConfig, runtime-spec v1.0.2 config.md and config-linux.md.
 */
public final class ContainerSpecFactory {
    private ContainerSpecFactory() {}

    /**
     * @throws Fault.InvalidArgument if the request contradicts itself, or neither it nor the image says what to run
     * @throws Fault.Unsupported if it asks for what the host does not have; nothing asked for is left out in silence
     */
    public static OciSpec create(ContainerSpecRequest request) {
        if (request.config().security().privileged()
                && !request.sandbox().config().security().privileged()) {
            // CRI: a sandbox for privileged containers MUST say so
            throw new Fault.InvalidArgument(
                    "create container '" + request.config().metadata().name() + "': it is privileged, its pod sandbox "
                            + request.sandbox().id() + " is not; set it there too");
        }
        return new OciSpec(
                OciSpec.VERSION,
                process(request),
                new OciRoot(
                        request.rootfs().toString(), request.config().security().readonlyRootfs()),
                SpecNamespaces.hostname(request.sandbox()),
                SpecMounts.of(request),
                SpecAnnotations.ofContainer(request.config(), request.sandbox()),
                linux(request));
    }

    private static OciProcess process(ContainerSpecRequest request) {
        ContainerConfig config = request.config();
        ContainerSecurity security = config.security();
        return new OciProcess(
                config.tty(),
                new OciUser(
                        request.user().uid(),
                        request.user().gid(),
                        request.user().supplementalGroups()),
                SpecCommand.args(config, request.image()),
                SpecCommand.env(
                        config, request.image(), request.sandbox().config().hostname()),
                SpecCommand.workingDirectory(config, request.image()),
                Optional.of(capabilities(request)),
                List.of(),
                security.noNewPrivileges(),
                SpecAppArmor.profile(security.appArmor(), security.privileged(), request.host()),
                OptionalInt.of(SpecResources.oomScoreAdj(config.resources(), request.host())));
    }

    private static OciCapabilities capabilities(ContainerSpecRequest request) {
        return SpecCapabilities.of(request.config().security(), request.host().grantableCapabilities());
    }

    private static OciLinux linux(ContainerSpecRequest request) {
        ContainerConfig config = request.config();
        ContainerSecurity security = config.security();
        boolean privileged = security.privileged();
        SpecDevices devices = SpecDevices.of(request.devices(), privileged, request.host());
        return new OciLinux(
                SpecNamespaces.ofContainer(security, request.sandbox(), request.pidNamespace(), request.host()),
                SpecNamespaces.uidMappings(request.sandbox()),
                SpecNamespaces.gidMappings(request.sandbox()),
                devices.nodes(),
                SpecCgroup.path(request.sandbox(), request.id().value(), request.host()),
                SpecResources.of(config.resources(), devices.rules(), request.host()),
                SpecMounts.rootfsPropagation(request.mounts()),
                SpecSeccomp.ofContainer(request, capabilities(request)),
                Map.of(),
                privileged ? List.of() : security.maskedPaths(),
                privileged ? List.of() : security.readonlyPaths());
    }
}
