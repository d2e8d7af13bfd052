package io.carafe.cli.verb;

import io.carafe.cli.endpoint.Named;
import io.carafe.cri.v1.ContainerFilter;
import io.carafe.cri.v1.ContainerState;
import io.carafe.cri.v1.ContainerStateValue;
import io.carafe.cri.v1.ListContainersRequest;
import io.carafe.cri.v1.StopContainerRequest;
import io.carafe.cri.v1.StopPodSandboxRequest;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe stop}: containers, and pods with all their containers. */
public final class StopCommand implements Verb {
    private static final int GRACE_SECONDS = 10;
    private static final Duration SLACK = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "stop";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Stops containers, or pods with all their containers.",
                        "A container gets its stop signal and, if it still runs after the grace period, is killed.");
        spec.addOption(Options.number(
                        "SECONDS", GRACE_SECONDS, "The grace period; default " + GRACE_SECONDS + ".", "-t", "--time"))
                .addPositional(
                        Options.all("NAME", "Name, id or the beginning of an id; a pod where a name is both's."));
    }

    @Override
    public int run(ParseResult parsed, Session session) {
        var lookup = session.lookup();
        var grace = Duration.ofSeconds(Options.number(parsed, "-t", GRACE_SECONDS));
        for (var word : Options.all(parsed, 0)) {
            switch (lookup.podOrContainer(word)) {
                case Named.Pod pod -> pod(session, pod.id(), grace);
                case Named.OfContainer container -> container(session, container.id(), grace);
            }
            session.console().out().println(word);
        }
        return 0;
    }

    /** The containers one after another with the grace period, then the pod. */
    static void pod(Session session, String id, Duration grace) {
        var running = ContainerFilter.newBuilder()
                .setPodSandboxId(id)
                .setState(ContainerStateValue.newBuilder().setState(ContainerState.CONTAINER_RUNNING));
        var containers = session.client()
                .runtime()
                .listContainers(
                        ListContainersRequest.newBuilder().setFilter(running).build());
        containers.getContainersList().forEach(container -> container(session, container.getId(), grace));
        var _ = session.client()
                .runtime(SLACK)
                .stopPodSandbox(
                        StopPodSandboxRequest.newBuilder().setPodSandboxId(id).build());
    }

    static void container(Session session, String id, Duration grace) {
        var _ = session.client()
                .runtime(grace.plus(SLACK))
                .stopContainer(StopContainerRequest.newBuilder()
                        .setContainerId(id)
                        .setTimeout(grace.toSeconds())
                        .build());
    }
}
