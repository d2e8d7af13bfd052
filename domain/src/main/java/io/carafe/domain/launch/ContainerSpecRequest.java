package io.carafe.domain.launch;

import io.carafe.domain.container.ContainerConfig;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerUser;
import io.carafe.domain.image.ImageConfig;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.spec.OciSeccomp;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that a container's spec is made of.
 *
 * @param rootfs absolute path of the mounted root file system
 * @param user who runs the process, see {@link ContainerUserResolver}
 * @param mounts one for each of the configuration's
 * @param devices one or more for each of the configuration's
 * @param pidNamespace what to join where the mode is POD or TARGET; empty where the handler itself has the namespace (VMs):
 *     then one is asked for and the handler maps it to its own
 * @param localhostSeccomp the profile that the configuration names, where it names one of the node
 */
public record ContainerSpecRequest(
        ContainerId id,
        ContainerConfig config,
        ImageConfig image,
        PodSandbox sandbox,
        Path rootfs,
        ContainerUser user,
        HostProfile host,
        List<SpecMount> mounts,
        List<SpecDevice> devices,
        PodPaths podPaths,
        Optional<Path> pidNamespace,
        Optional<OciSeccomp> localhostSeccomp) {
    public ContainerSpecRequest {
        mounts = List.copyOf(mounts);
        devices = List.copyOf(devices);
    }
}
