package io.carafe.domain.container;

import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.LinuxResources;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the kubelet asks for in CreateContainer. Source: CRI ContainerConfig and LinuxContainerConfig.
 *
 * @param image the reference as the kubelet gave it: a tag, a digest or an image id
 * @param userSpecifiedImage the reference as the pod's author wrote it, empty where unset
 * @param command replaces the image's entrypoint where not empty
 * @param args replaces the image's command where not empty, or where {@code command} is not
 * @param workingDir empty for the image's
 * @param logPath relative to the pod's log directory; empty for no log
 */
public record ContainerConfig(
        ContainerMetadata metadata,
        String image,
        String userSpecifiedImage,
        List<String> command,
        List<String> args,
        String workingDir,
        List<EnvVar> envs,
        List<ContainerMount> mounts,
        List<ContainerDevice> devices,
        Map<String, String> labels,
        Map<String, String> annotations,
        String logPath,
        boolean stdin,
        boolean stdinOnce,
        boolean tty,
        LinuxResources resources,
        ContainerSecurity security,
        Optional<Signal> stopSignal) {
    public ContainerConfig {
        command = List.copyOf(command);
        args = List.copyOf(args);
        envs = List.copyOf(envs);
        mounts = List.copyOf(mounts);
        devices = List.copyOf(devices);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }
}
