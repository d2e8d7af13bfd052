package io.carafe.cli.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.outcome.ExitCode;
import io.carafe.cri.v1.Container;
import io.carafe.cri.v1.ContainerState;
import io.carafe.cri.v1.PodSandbox;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LookupTest {
    private final Lookup lookup = new Lookup(
            List.of(pod("aa11", "web"), pod("aa22", "db"), pod("cc33", "pair")),
            List.of(
                    container("bb11", "web", "aa11", ContainerState.CONTAINER_RUNNING),
                    container("bb21", "server", "aa22", ContainerState.CONTAINER_EXITED),
                    container("bb22", "server", "aa22", ContainerState.CONTAINER_RUNNING),
                    container("dd31", "left", "cc33", ContainerState.CONTAINER_RUNNING),
                    container("dd32", "right", "cc33", ContainerState.CONTAINER_EXITED)));

    @Test
    void beginningOfAnIdFindsWhatOnlyOneHas() {
        assertThat(lookup.container("bb1").id()).isEqualTo("bb11");
        assertThat(lookup.podOrContainer("aa2").id()).isEqualTo("aa22");
    }

    @Test
    void beginningThatSeveralHaveNamesThem() {
        assertThatThrownBy(() -> lookup.podOrContainer("aa")).isInstanceOfSatisfying(CommandFault.class, fault -> {
            assertThat(fault.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(fault).hasMessageContaining("aa11").hasMessageContaining("default/db");
        });
    }

    @Test
    void nameOfPodAndContainerMeansWhatTheVerbPrefers() {
        assertThat(lookup.podOrContainer("web").id()).isEqualTo("aa11");
        assertThat(lookup.findContainerOrPod("web")).map(Named::id).contains("bb11");
    }

    @Test
    void podMayBeNamedWithItsNamespace() {
        assertThat(lookup.podOrContainer("default/db").id()).isEqualTo("aa22");
    }

    @Test
    void ofContainersWithOneNameTheRunningOneIsMeant() {
        assertThat(lookup.container("server").id()).isEqualTo("bb22");
    }

    @Test
    void podMeansItsOnlyContainer() {
        assertThat(lookup.container("aa11").id()).isEqualTo("bb11");
        assertThatThrownBy(() -> lookup.container("pair"))
                .hasMessageContaining("dd31")
                .hasMessageContaining("dd32");
    }

    @Test
    void unknownWordIsNotFound() {
        assertThatThrownBy(() -> lookup.container("nope"))
                .isInstanceOfSatisfying(
                        CommandFault.class,
                        fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.NOT_FOUND))
                .hasMessageContaining("nope");
        assertThat(lookup.findContainerOrPod("nope")).isEmpty();
    }

    private static PodSandbox pod(String id, String name) {
        var pod = PodSandbox.newBuilder().setId(id);
        pod.getMetadataBuilder().setName(name).setNamespace("default");
        return pod.build();
    }

    private static Container container(String id, String name, String pod, ContainerState state) {
        var container = Container.newBuilder().setId(id).setPodSandboxId(pod).setState(state);
        container.getMetadataBuilder().setName(name);
        return container.build();
    }
}
