package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.cri.v1.Container;
import io.carafe.cri.v1.ContainerState;
import io.carafe.cri.v1.ContainerStateValue;
import io.carafe.cri.v1.ListContainersRequest;
import io.carafe.cri.v1.ListPodSandboxRequest;
import io.carafe.cri.v1.PodSandbox;
import io.carafe.cri.v1.PodSandboxState;
import io.carafe.cri.v1.PodSandboxStateValue;
import java.util.List;
import java.util.UUID;

/** Lists and their filters: "All those fields are combined with 'AND'". */
@Conformance
final class ListConformance {
    @Claim(
            answers = {
                "ListPodSandboxRequest.filter",
                "PodSandboxFilter.id",
                "PodSandboxFilter.state",
                "PodSandboxFilter.label_selector",
                "PodSandboxStateValue.state",
                "ListPodSandboxResponse.items",
                "PodSandbox.id",
                "PodSandbox.state"
            },
            quote = "All those fields are combined with 'AND'")
    void podsAreFoundByIdStateAndLabelsTogether(Bench bench) {
        var mark = UUID.randomUUID().toString();
        var ready = bench.pod(config -> config.putLabels("mark", mark).putLabels("color", "red"));
        var stopped = bench.pod(config -> config.putLabels("mark", mark).putLabels("color", "blue"));
        stopped.stop();

        assertThat(ids(Lists.pods(bench, filter -> filter.setId(ready.id())))).containsExactly(ready.id());
        assertThat(ids(Lists.pods(bench, filter -> filter.putLabelSelector("mark", mark))))
                .containsExactlyInAnyOrder(ready.id(), stopped.id());
        assertThat(ids(Lists.pods(
                        bench, filter -> filter.putLabelSelector("mark", mark).putLabelSelector("color", "blue"))))
                .containsExactly(stopped.id());
        assertThat(ids(Lists.pods(
                        bench,
                        filter ->
                                filter.putLabelSelector("mark", mark).setState(state(PodSandboxState.SANDBOX_READY)))))
                .containsExactly(ready.id());
        assertThat(ids(Lists.pods(
                        bench, filter -> filter.setId(ready.id()).setState(state(PodSandboxState.SANDBOX_NOTREADY)))))
                .isEmpty();
        assertThat(Lists.pods(bench, filter -> filter.setId(stopped.id()))
                        .getFirst()
                        .getState())
                .isEqualTo(PodSandboxState.SANDBOX_NOTREADY);
    }

    @Claim(
            answers = {
                "ListContainersRequest.filter",
                "ContainerFilter.id",
                "ContainerFilter.state",
                "ContainerFilter.pod_sandbox_id",
                "ContainerFilter.label_selector",
                "ContainerStateValue.state",
                "ListContainersResponse.containers",
                "Container.id",
                "Container.state",
                "Container.pod_sandbox_id"
            },
            quote = "All those fields are combined with 'AND'")
    void containersAreFoundByIdStatePodAndLabelsTogether(Bench bench) {
        var mark = UUID.randomUUID().toString();
        var pod = bench.pod();
        var running = pod.start(config -> config.putLabels("mark", mark).putLabels("color", "red"));
        var created = pod.create(config -> config.putLabels("mark", mark).putLabels("color", "blue"));
        var other = bench.pod().create(config -> config.putLabels("mark", mark));

        assertThat(Lists.containerIds(bench, filter -> filter.setId(running.id())))
                .containsExactly(running.id());
        assertThat(Lists.containerIds(bench, filter -> filter.putLabelSelector("mark", mark)))
                .containsExactlyInAnyOrder(running.id(), created.id(), other.id());
        assertThat(Lists.containerIds(bench, filter -> filter.setPodSandboxId(pod.id())))
                .containsExactlyInAnyOrder(running.id(), created.id());
        assertThat(Lists.containerIds(
                        bench, filter -> filter.setPodSandboxId(pod.id()).putLabelSelector("color", "blue")))
                .containsExactly(created.id());
        assertThat(Lists.containerIds(
                        bench,
                        filter -> filter.putLabelSelector("mark", mark)
                                .setState(state(ContainerState.CONTAINER_RUNNING))))
                .containsExactly(running.id());
        assertThat(Lists.containerIds(bench, filter -> filter.setId(other.id()).setPodSandboxId(pod.id())))
                .isEmpty();
        var listed =
                Lists.containers(bench, filter -> filter.setId(running.id())).getFirst();
        assertThat(listed.getPodSandboxId()).isEqualTo(pod.id());
        assertThat(listed.getState()).isEqualTo(ContainerState.CONTAINER_RUNNING);
    }

    @Claim(answers = {"PodSandboxFilter.id", "ContainerFilter.id"})
    void filterThatMatchesNothingGivesAnEmptyList(Bench bench) {
        assertThat(Lists.pods(bench, filter -> filter.setId("no-such-pod"))).isEmpty();
        assertThat(Lists.containers(bench, filter -> filter.setId("no-such-container")))
                .isEmpty();
        assertThat(Lists.containers(bench, filter -> filter.setPodSandboxId("no-such-pod")))
                .isEmpty();
    }

    @Claim(answers = {"ListPodSandboxRequest.filter", "ListContainersRequest.filter"})
    void listWithoutFilterHasEverything(Bench bench) {
        var pod = bench.pod();
        var container = pod.create(_ -> {});
        assertThat(bench.runtime()
                        .listPodSandbox(ListPodSandboxRequest.getDefaultInstance())
                        .getItemsList())
                .extracting(PodSandbox::getId)
                .contains(pod.id());
        assertThat(bench.runtime()
                        .listContainers(ListContainersRequest.getDefaultInstance())
                        .getContainersList())
                .extracting(Container::getId)
                .contains(container.id());
    }

    private static List<String> ids(List<PodSandbox> pods) {
        return pods.stream().map(PodSandbox::getId).toList();
    }

    private static PodSandboxStateValue state(PodSandboxState state) {
        return PodSandboxStateValue.newBuilder().setState(state).build();
    }

    private static ContainerStateValue state(ContainerState state) {
        return ContainerStateValue.newBuilder().setState(state).build();
    }
}
