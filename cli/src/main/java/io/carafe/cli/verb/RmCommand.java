package io.carafe.cli.verb;

import io.carafe.cli.endpoint.Named;
import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.outcome.ExitCode;
import io.carafe.cri.v1.ContainerFilter;
import io.carafe.cri.v1.ContainerState;
import io.carafe.cri.v1.ListContainersRequest;
import io.carafe.cri.v1.PodSandbox;
import io.carafe.cri.v1.RemoveContainerRequest;
import io.carafe.cri.v1.RemovePodSandboxRequest;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe rm}: removes containers, and pods with all their containers. */
public final class RmCommand implements Verb {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "rm";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Removes containers, or pods with all their containers.",
                        "The log of a pod that 'carafe run' made goes with it; other logs belong to who made the pod.");
        spec.addOption(Options.flag("Also what runs: it is killed.", "-f", "--force"))
                .addPositional(
                        Options.all("NAME", "Name, id or the beginning of an id; a pod where a name is both's."));
    }

    @Override
    public int run(ParseResult parsed, Session session) throws IOException {
        var lookup = session.lookup();
        boolean force = Options.isSet(parsed, "-f");
        for (var word : Options.all(parsed, 0)) {
            switch (lookup.podOrContainer(word)) {
                case Named.Pod pod -> pod(session, pod.pod(), force);
                case Named.OfContainer container -> container(session, container, force);
            }
            session.console().out().println(word);
        }
        return 0;
    }

    private static void pod(Session session, PodSandbox pod, boolean force) throws IOException {
        var filter = ContainerFilter.newBuilder().setPodSandboxId(pod.getId());
        var containers = session.client()
                .runtime()
                .listContainers(
                        ListContainersRequest.newBuilder().setFilter(filter).build())
                .getContainersList();
        if (!force && containers.stream().anyMatch(each -> each.getState() == ContainerState.CONTAINER_RUNNING)) {
            throw new CommandFault(
                    ExitCode.FAILED, "pod " + pod.getId() + " has running containers; stop it first, or give -f");
        }
        remove(session, pod.getId());
        RunLogs.removeOf(pod);
    }

    /** Stops the pod at once and removes it. */
    static void remove(Session session, String podId) {
        StopCommand.pod(session, podId, Duration.ZERO);
        var _ = session.client()
                .runtime(PATIENCE)
                .removePodSandbox(RemovePodSandboxRequest.newBuilder()
                        .setPodSandboxId(podId)
                        .build());
    }

    private static void container(Session session, Named.OfContainer container, boolean force) {
        if (container.container().getState() == ContainerState.CONTAINER_RUNNING) {
            if (!force) {
                throw new CommandFault(ExitCode.FAILED, container.shown() + " is running; stop it first, or give -f");
            }
            StopCommand.container(session, container.id(), Duration.ZERO);
        }
        var _ = session.client()
                .runtime(PATIENCE)
                .removeContainer(RemoveContainerRequest.newBuilder()
                        .setContainerId(container.id())
                        .build());
    }
}
