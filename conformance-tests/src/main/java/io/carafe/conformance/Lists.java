package io.carafe.conformance;

import io.carafe.conformance.bench.Bench;
import io.carafe.cri.v1.Container;
import io.carafe.cri.v1.ContainerFilter;
import io.carafe.cri.v1.Image;
import io.carafe.cri.v1.ListContainersRequest;
import io.carafe.cri.v1.ListImagesRequest;
import io.carafe.cri.v1.ListPodSandboxRequest;
import io.carafe.cri.v1.PodSandbox;
import io.carafe.cri.v1.PodSandboxFilter;
import java.util.List;
import java.util.function.Consumer;

/** The list calls with a filter, in one line each. */
final class Lists {
    private Lists() {}

    static List<PodSandbox> pods(Bench bench, Consumer<PodSandboxFilter.Builder> change) {
        var filter = PodSandboxFilter.newBuilder();
        change.accept(filter);
        return bench.runtime()
                .listPodSandbox(
                        ListPodSandboxRequest.newBuilder().setFilter(filter).build())
                .getItemsList();
    }

    static List<String> podIds(Bench bench) {
        return pods(bench, _ -> {}).stream().map(PodSandbox::getId).toList();
    }

    static List<Container> containers(Bench bench, Consumer<ContainerFilter.Builder> change) {
        var filter = ContainerFilter.newBuilder();
        change.accept(filter);
        return bench.runtime()
                .listContainers(
                        ListContainersRequest.newBuilder().setFilter(filter).build())
                .getContainersList();
    }

    static List<String> containerIds(Bench bench, Consumer<ContainerFilter.Builder> change) {
        return containers(bench, change).stream().map(Container::getId).toList();
    }

    static List<Image> images(Bench bench) {
        return bench.imageService()
                .listImages(ListImagesRequest.getDefaultInstance())
                .getImagesList();
    }
}
