package io.carafe.domain.launch;

import io.carafe.domain.container.ContainerConfig;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxMetadata;
import java.util.Map;
import java.util.TreeMap;

/**
 * What gVisor and Kata learn about a spec's place in its pod, in both families of names, since either reads both but not all of
 * each. A user's annotations do not get here: runtimes obey some (org.systemd.property.*), so a handler passes on only what its
 * configuration allows.
 */
final class SpecAnnotations {
    private static final String CRI = "io.kubernetes.cri.";
    private static final String CRI_O = "io.kubernetes.cri-o.";

    private SpecAnnotations() {}

    static Map<String, String> ofContainer(ContainerConfig config, PodSandbox sandbox) {
        Map<String, String> annotations = ofPod("container", sandbox);
        annotations.put(CRI + "container-name", config.metadata().name());
        annotations.put(CRI + "image-name", config.image());
        annotations.put(CRI_O + "ContainerName", config.metadata().name());
        annotations.put(CRI_O + "ImageName", config.image());
        return annotations;
    }

    static Map<String, String> ofSandbox(PodSandbox sandbox) {
        Map<String, String> annotations = ofPod("sandbox", sandbox);
        sandbox.config()
                .logDirectory()
                .ifPresent(directory -> annotations.put(CRI + "sandbox-log-directory", directory.toString()));
        sandbox.config().resources().ifPresent(resources -> addSizes(annotations, resources));
        return annotations;
    }

    private static Map<String, String> ofPod(String type, PodSandbox sandbox) {
        PodSandboxMetadata metadata = sandbox.config().metadata();
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(CRI + "container-type", type);
        annotations.put(CRI + "sandbox-id", sandbox.id().value());
        annotations.put(CRI + "sandbox-name", metadata.name());
        annotations.put(CRI + "sandbox-namespace", metadata.namespace());
        annotations.put(CRI + "sandbox-uid", metadata.uid());
        annotations.put(CRI_O + "ContainerType", type);
        annotations.put(CRI_O + "SandboxID", sandbox.id().value());
        annotations.put(CRI_O + "KubeName", metadata.name());
        annotations.put(CRI_O + "Namespace", metadata.namespace());
        return annotations;
    }

    /** The size of a VM, which must be known before its containers are. */
    private static void addSizes(Map<String, String> annotations, LinuxResources resources) {
        resources.cpuPeriod().ifPresent(value -> annotations.put(CRI + "sandbox-cpu-period", Long.toString(value)));
        resources.cpuQuota().ifPresent(value -> annotations.put(CRI + "sandbox-cpu-quota", Long.toString(value)));
        resources.cpuShares().ifPresent(value -> annotations.put(CRI + "sandbox-cpu-shares", Long.toString(value)));
        resources
                .memoryLimit()
                .map(Bytes::value)
                .ifPresent(value -> annotations.put(CRI + "sandbox-memory", Long.toString(value)));
    }
}
