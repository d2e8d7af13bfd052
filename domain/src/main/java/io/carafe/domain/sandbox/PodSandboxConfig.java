package io.carafe.domain.sandbox;

import io.carafe.domain.resource.LinuxResources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the kubelet asks for in RunPodSandbox. Source: CRI PodSandboxConfig and LinuxPodSandboxConfig.
 *
 * @param hostname empty where the pod keeps the host's
 * @param logDirectory where container logs go, by their relative paths
 * @param dns empty where the pod gets the host's resolv.conf
 * @param cgroupParent the pod's cgroup, as the driver in use spells it
 * @param overhead what the handler itself needs; sizing of VMs
 * @param resources the sum of the containers' resources; sizing of VMs
 */
public record PodSandboxConfig(
        PodSandboxMetadata metadata,
        String hostname,
        Optional<Path> logDirectory,
        Optional<DnsConfig> dns,
        List<PortMapping> portMappings,
        Map<String, String> labels,
        Map<String, String> annotations,
        Optional<String> cgroupParent,
        SandboxSecurity security,
        Map<String, String> sysctls,
        Optional<LinuxResources> overhead,
        Optional<LinuxResources> resources) {
    public PodSandboxConfig {
        portMappings = List.copyOf(portMappings);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        sysctls = Map.copyOf(sysctls);
    }
}
