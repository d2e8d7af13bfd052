package io.carafe.application.node;

import io.carafe.domain.container.Capabilities;
import io.carafe.domain.container.ContainerConfig;
import io.carafe.domain.container.ContainerMetadata;
import io.carafe.domain.container.ContainerSecurity;
import io.carafe.domain.container.SupplementalGroupsPolicy;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.PodSandboxConfig;
import io.carafe.domain.sandbox.PodSandboxMetadata;
import io.carafe.domain.sandbox.SandboxSecurity;
import io.carafe.domain.sandbox.SecurityProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Requests as a kubelet makes them. */
public final class Requests {
    private Requests() {}

    /** With one PID namespace, so with a sandbox container. */
    public static PodSandboxConfig pod(String name) {
        return pod(name, 0, Map.of(), NamespaceMode.POD, NamespaceMode.POD);
    }

    public static PodSandboxConfig pod(String name, int attempt, Map<String, String> labels) {
        return pod(name, attempt, labels, NamespaceMode.POD, NamespaceMode.POD);
    }

    public static PodSandboxConfig hostNetworkPod(String name) {
        return pod(name, 0, Map.of(), NamespaceMode.NODE, NamespaceMode.POD);
    }

    /** Without a sandbox container. */
    public static PodSandboxConfig podOfContainerPids(String name) {
        return pod(name, 0, Map.of(), NamespaceMode.POD, NamespaceMode.CONTAINER);
    }

    /** Without a sandbox container and without a namespace that would be pinned. */
    public static PodSandboxConfig podOfTheHost(String name) {
        return pod(
                name,
                0,
                Map.of(),
                new NamespaceOptions(
                        NamespaceMode.NODE,
                        NamespaceMode.CONTAINER,
                        NamespaceMode.NODE,
                        Optional.empty(),
                        Optional.empty()));
    }

    private static PodSandboxConfig pod(
            String name, int attempt, Map<String, String> labels, NamespaceMode network, NamespaceMode pid) {
        return pod(
                name,
                attempt,
                labels,
                new NamespaceOptions(network, pid, NamespaceMode.POD, Optional.empty(), Optional.empty()));
    }

    private static PodSandboxConfig pod(
            String name, int attempt, Map<String, String> labels, NamespaceOptions namespaces) {
        return with(
                name,
                attempt,
                labels,
                Optional.empty(),
                Map.of(),
                new SandboxSecurity(
                        namespaces,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        false,
                        List.of(),
                        false,
                        Optional.empty(),
                        Optional.empty()));
    }

    public static PodSandboxConfig podInCgroup(String name, String cgroup) {
        return with(name, 0, Map.of(), Optional.of(cgroup), Map.of(), SandboxSecurity.DEFAULT);
    }

    public static PodSandboxConfig podWithSysctls(String name, Map<String, String> sysctls) {
        return with(name, 0, Map.of(), Optional.empty(), sysctls, SandboxSecurity.DEFAULT);
    }

    private static PodSandboxConfig with(
            String name,
            int attempt,
            Map<String, String> labels,
            Optional<String> cgroup,
            Map<String, String> sysctls,
            SandboxSecurity security) {
        return new PodSandboxConfig(
                new PodSandboxMetadata(name, "uid-" + name, "default", attempt),
                name,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                labels,
                Map.of(),
                cgroup,
                security,
                sysctls,
                Optional.empty(),
                Optional.empty());
    }

    /** @param command as {@link MemoryProcesses} knows them */
    public static ContainerConfig container(String name, String... command) {
        return container(name, TestNode.IMAGE, Map.of(), command);
    }

    public static ContainerConfig container(String name, String image, Map<String, String> labels, String... command) {
        return container(name, image, labels, Optional.empty(), command);
    }

    /** @param seccomp as {@link ContainerSecurity} has it */
    public static ContainerConfig container(
            String name,
            String image,
            Map<String, String> labels,
            Optional<SecurityProfile> seccomp,
            String... command) {
        var namespaces = new NamespaceOptions(
                NamespaceMode.POD, NamespaceMode.CONTAINER, NamespaceMode.POD, Optional.empty(), Optional.empty());
        return new ContainerConfig(
                new ContainerMetadata(name, 0),
                image,
                "",
                List.of(command),
                List.of(),
                "",
                List.of(),
                List.of(),
                List.of(),
                labels,
                Map.of(),
                "",
                false,
                false,
                false,
                LinuxResources.UNLIMITED,
                new ContainerSecurity(
                        new Capabilities(List.of(), List.of(), List.of()),
                        false,
                        namespaces,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        "",
                        false,
                        List.of(),
                        SupplementalGroupsPolicy.MERGE,
                        false,
                        List.of(),
                        List.of(),
                        seccomp,
                        Optional.empty()),
                Optional.empty());
    }
}
