package io.carafe.application.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.handler.HandlerTable;
import io.carafe.application.handler.Handlers;
import io.carafe.application.inventory.Inventory;
import io.carafe.domain.container.Capabilities;
import io.carafe.domain.container.ContainerConfig;
import io.carafe.domain.container.ContainerMetadata;
import io.carafe.domain.container.ContainerSecurity;
import io.carafe.domain.container.SupplementalGroupsPolicy;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxConfig;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.PodSandboxMetadata;
import io.carafe.domain.sandbox.SandboxSecurity;
import io.carafe.domain.sandbox.SandboxState;
import io.carafe.ports.tck.TckContexts;
import io.carafe.ports.tck.memory.MemoryHost;
import io.carafe.ports.tck.memory.MemoryRecordStore;
import io.carafe.ports.tck.memory.MemoryRootFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLogPathTest {
    @TempDir
    Path directory;

    @Test
    void logLiesBelowThePodsDirectory() {
        assertThat(specs().logPath(pod(Optional.of(directory.resolve("logs"))), container("c/0.log")))
                .hasValue(directory.resolve("logs/c/0.log"));
        assertThat(directory.resolve("logs/c")).isDirectory();
    }

    @Test
    void logThatWouldLieNowhereIsRefused() {
        assertThatThrownBy(() -> specs().logPath(pod(Optional.empty()), container("c/0.log")))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageStartingWith("config.log_path: ")
                .hasMessageContaining("log_directory");
    }

    @Test
    void containerWithoutALogHasNone() {
        assertThat(specs().logPath(pod(Optional.empty()), container(""))).isEmpty();
    }

    private ContainerSpecs specs() {
        return new ContainerSpecs(
                MemoryHost.in(TckContexts.in(directory, Map.of()), CgroupDriver.CGROUPFS)
                        .ports(),
                new MemoryRootFiles(),
                new Inventory(new MemoryRecordStore()),
                new Handlers(HandlerTable.of("runc", List.of()), _ -> Optional.empty()));
    }

    private static PodSandbox pod(Optional<Path> logDirectory) {
        var config = new PodSandboxConfig(
                new PodSandboxMetadata("p", "u", "n", 0),
                "p",
                logDirectory,
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                SandboxSecurity.DEFAULT,
                Map.of(),
                Optional.empty(),
                Optional.empty());
        return PodSandbox.accepted(
                new PodSandboxId("a".repeat(64)),
                config,
                new HandlerBinding("runc", "runc", "", Map.of()),
                new SandboxState.Creating(Instant.EPOCH, ""));
    }

    private static ContainerConfig container(String logPath) {
        return new ContainerConfig(
                new ContainerMetadata("c", 0),
                "busybox",
                "",
                List.of(),
                List.of(),
                "",
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                logPath,
                false,
                false,
                false,
                LinuxResources.UNLIMITED,
                new ContainerSecurity(
                        new Capabilities(List.of(), List.of(), List.of()),
                        false,
                        NamespaceOptions.POD_DEFAULT,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        "",
                        false,
                        List.of(),
                        SupplementalGroupsPolicy.MERGE,
                        false,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty());
    }
}
