package io.carafe.cli.endpoint;

import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.outcome.ExitCode;
import io.carafe.cri.v1.Container;
import io.carafe.cri.v1.ContainerState;
import io.carafe.cri.v1.ListContainersRequest;
import io.carafe.cri.v1.ListPodSandboxRequest;
import io.carafe.cri.v1.PodSandbox;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the one pod or container that a word means: an id, the beginning of one, a name, or {@code namespace/name} of a pod. A
 * full id wins over a name, a name over a beginning; of containers with one name those that run win.
 */
public final class Lookup {
    private final List<Named> pods;
    private final List<Named> containers;

    Lookup(List<PodSandbox> pods, List<Container> containers) {
        this.pods = pods.stream().<Named>map(Named.Pod::new).toList();
        this.containers = containers.stream().<Named>map(Named.OfContainer::new).toList();
    }

    /** Of all that the endpoint lists now. */
    public static Lookup of(CriClient client) {
        return new Lookup(
                client.runtime()
                        .listPodSandbox(ListPodSandboxRequest.getDefaultInstance())
                        .getItemsList(),
                client.runtime()
                        .listContainers(ListContainersRequest.getDefaultInstance())
                        .getContainersList());
    }

    /** A container; the name or id of a pod with a single container means that one. */
    public Named.OfContainer container(String word) {
        var found = matches(containers, word);
        if (found.isEmpty()) {
            var inPods = matches(pods, word).stream().map(Named::id).collect(Collectors.toSet());
            found = containers.stream()
                    .filter(each -> inPods.contains(container(each).getPodSandboxId()))
                    .toList();
        }
        return (Named.OfContainer) only("container", word, found);
    }

    /** A pod or a container; a pod where the name is both's, since it holds the container. */
    public Named podOrContainer(String word) {
        return preferring(pods, containers, word).orElseThrow(() -> none("pod or container", word));
    }

    /** A container or a pod, if there is one; a container where the name is both's. */
    public Optional<Named> findContainerOrPod(String word) {
        return preferring(containers, pods, word);
    }

    private static Optional<Named> preferring(List<Named> first, List<Named> second, String word) {
        for (Predicate<Named> rule : rules(word)) {
            for (var list : List.of(first, second)) {
                var found = running(list.stream().filter(rule).toList());
                if (!found.isEmpty()) {
                    return Optional.of(only("pod or container", word, found));
                }
            }
        }
        return Optional.empty();
    }

    private static List<Named> matches(List<Named> all, String word) {
        return rules(word).stream()
                .map(rule -> running(all.stream().filter(rule).toList()))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<Predicate<Named>> rules(String word) {
        return List.of(
                each -> each.id().equals(word),
                each -> each.name().equals(word) || qualified(each).equals(word),
                each -> each.id().startsWith(word));
    }

    private static String qualified(Named named) {
        return switch (named) {
            case Named.Pod pod -> pod.pod().getMetadata().getNamespace() + "/" + pod.name();
            case Named.OfContainer container -> container.name();
        };
    }

    /** Of several containers the running ones, if any run: earlier attempts keep the name. */
    private static List<Named> running(List<Named> found) {
        if (found.size() < 2 || found.getFirst() instanceof Named.Pod) {
            return found;
        }
        var running = found.stream()
                .filter(each -> container(each).getState() == ContainerState.CONTAINER_RUNNING)
                .toList();
        return running.isEmpty() ? found : running;
    }

    private static Container container(Named named) {
        return switch (named) {
            case Named.OfContainer container -> container.container();
            case Named.Pod pod -> throw new IllegalArgumentException(pod.shown() + " is no container");
        };
    }

    private static CommandFault none(String kind, String word) {
        return new CommandFault(
                ExitCode.NOT_FOUND,
                "no " + kind + " has the id or name '" + word + "'; see 'carafe pods' and 'carafe ps -a'");
    }

    private static Named only(String kind, String word, List<Named> found) {
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            throw none(kind, word);
        }
        throw new CommandFault(
                ExitCode.NOT_FOUND,
                Stream.concat(
                                Stream.of("'" + word + "' means more than one; give more of the id:"),
                                found.stream().map(each -> "  " + each.shown()))
                        .collect(Collectors.joining("\n")));
    }
}
