package io.carafe.cli.verb;

import io.carafe.cli.text.Quantities;
import io.carafe.cli.text.TextTable;
import io.carafe.cri.v1.Container;
import io.carafe.cri.v1.ContainerFilter;
import io.carafe.cri.v1.ContainerState;
import io.carafe.cri.v1.ContainerStateValue;
import io.carafe.cri.v1.Image;
import io.carafe.cri.v1.ListContainersRequest;
import io.carafe.cri.v1.ListImagesRequest;
import io.carafe.cri.v1.ListPodSandboxRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe ps}: the containers, youngest first. */
public final class PsCommand implements Verb {
    private static final String ID = "sha256:";

    @Override
    public String name() {
        return "ps";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage().description("Lists running containers, the youngest first.");
        spec.addOption(Options.flag("Those that do not run, too.", "-a", "--all"))
                .addOption(Options.flag("Ids only.", "-q", "--quiet"))
                .addOption(Options.output());
    }

    @Override
    public int run(ParseResult parsed, Session session) {
        var filter = ContainerFilter.newBuilder();
        if (!Options.isSet(parsed, "-a")) {
            filter.setState(ContainerStateValue.newBuilder().setState(ContainerState.CONTAINER_RUNNING));
        }
        var response = session.client()
                .runtime()
                .listContainers(
                        ListContainersRequest.newBuilder().setFilter(filter).build());
        var containers = response.getContainersList().stream()
                .sorted(Comparator.comparingLong(Container::getCreatedAt).reversed())
                .toList();
        if (Options.isSet(parsed, "-q")) {
            containers.forEach(container -> session.console().out().println(container.getId()));
            return 0;
        }
        var pods =
                session
                        .client()
                        .runtime()
                        .listPodSandbox(ListPodSandboxRequest.getDefaultInstance())
                        .getItemsList()
                        .stream()
                        .collect(Collectors.toMap(
                                pod -> pod.getId(), pod -> pod.getMetadata().getName()));
        var images = imageNames(session, containers);
        var table = new TextTable("CONTAINER ID", "NAME", "ATTEMPT", "STATE", "AGE", "IMAGE", "POD");
        for (var container : containers) {
            table.row(
                    Quantities.shortId(container.getId()),
                    container.getMetadata().getName(),
                    container.getMetadata().getAttempt(),
                    state(container.getState()),
                    Quantities.age(Quantities.instant(container.getCreatedAt()), session.now()),
                    image(container, images),
                    pods.getOrDefault(container.getPodSandboxId(), Quantities.shortId(container.getPodSandboxId())));
        }
        session.show(parsed, table, response);
        return 0;
    }

    /** As a person named it, where that is known. */
    private static String image(Container container, Map<String, String> names) {
        var name = asSpecified(container);
        return name.startsWith(ID) ? names.getOrDefault(name, Quantities.shortId(name)) : name;
    }

    private static String asSpecified(Container container) {
        var spec = container.getImage();
        return spec.getUserSpecifiedImage().isEmpty() ? spec.getImage() : spec.getUserSpecifiedImage();
    }

    /** A tag of each image, by its id; asked for only where a container does not tell one. */
    private static Map<String, String> imageNames(Session session, List<Container> containers) {
        if (containers.stream().noneMatch(each -> asSpecified(each).startsWith(ID))) {
            return Map.of();
        }
        return session.client().images().listImages(ListImagesRequest.getDefaultInstance()).getImagesList().stream()
                .filter(image -> !image.getRepoTagsList().isEmpty())
                .collect(Collectors.toMap(Image::getId, image -> image.getRepoTags(0)));
    }

    static String state(ContainerState state) {
        return switch (state) {
            case CONTAINER_CREATED -> "Created";
            case CONTAINER_RUNNING -> "Running";
            case CONTAINER_EXITED -> "Exited";
            case CONTAINER_UNKNOWN, UNRECOGNIZED -> "Unknown";
        };
    }
}
