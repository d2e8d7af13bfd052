package io.carafe.grpc;

import io.carafe.application.stream.StreamSet;
import io.carafe.cri.v1.AttachRequest;
import io.carafe.cri.v1.ContainerFilter;
import io.carafe.cri.v1.ContainerStatsFilter;
import io.carafe.cri.v1.ContainerStatsRequest;
import io.carafe.cri.v1.ContainerStatusRequest;
import io.carafe.cri.v1.CreateContainerRequest;
import io.carafe.cri.v1.ExecRequest;
import io.carafe.cri.v1.ExecSyncRequest;
import io.carafe.cri.v1.ListContainerStatsRequest;
import io.carafe.cri.v1.ListContainersRequest;
import io.carafe.cri.v1.RemoveContainerRequest;
import io.carafe.cri.v1.ReopenContainerLogRequest;
import io.carafe.cri.v1.StartContainerRequest;
import io.carafe.cri.v1.StopContainerRequest;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the requests about containers say, a method each. Ids stay text here: people give beginnings of them, and one that does
 * not exist is no error for Stop and Remove.
 */
public final class ContainerFromProto {
    private static final Field ID = Field.of("container_id");

    /** A longer one is this long: no node lives to see the difference, and a clock in nanoseconds ends after 292 years. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final ContainerConfigFromProto configs;

    public ContainerFromProto(HostSecurity host) {
        this.configs = new ContainerConfigFromProto(host);
    }

    public record Create(String sandboxId, ContainerConfig config) {}

    /** @param timeout between the stop signal and KILL; zero kills at once */
    public record Stop(String id, Duration timeout) {}

    /** @param timeout empty to let the command run for as long as it wants */
    public record ExecSync(String id, List<String> command, Optional<Duration> timeout) {}

    /** A command with streams. */
    public record Exec(String id, List<String> command, StreamSet streams) {}

    /** The streams of a container's own process. */
    public record Attach(String id, StreamSet streams) {}

    /** A question about one object; {@code verbose} asks for what helps in debugging. */
    public record Query(String id, boolean verbose) {}

    /** The sandbox's configuration that comes along is not read: it cannot change, and the recorded one counts. */
    public Create create(CreateContainerRequest request) {
        return new Create(
                Field.of("pod_sandbox_id").required(request.getPodSandboxId()),
                configs.config(request.getConfig(), Field.of("config")));
    }

    public String start(StartContainerRequest request) {
        return ID.required(request.getContainerId());
    }

    public Stop stop(StopContainerRequest request) {
        return new Stop(ID.required(request.getContainerId()), seconds(request.getTimeout()));
    }

    public String remove(RemoveContainerRequest request) {
        return ID.required(request.getContainerId());
    }

    public Query status(ContainerStatusRequest request) {
        return new Query(ID.required(request.getContainerId()), request.getVerbose());
    }

    public String stats(ContainerStatsRequest request) {
        return ID.required(request.getContainerId());
    }

    public String reopenLog(ReopenContainerLogRequest request) {
        return ID.required(request.getContainerId());
    }

    public Exec exec(ExecRequest request) {
        return new Exec(
                ID.required(request.getContainerId()),
                command(request.getCmdList()),
                streams(request.getStdin(), request.getStdout(), request.getStderr(), request.getTty()));
    }

    public Attach attach(AttachRequest request) {
        return new Attach(
                ID.required(request.getContainerId()),
                streams(request.getStdin(), request.getStdout(), request.getStderr(), request.getTty()));
    }

    public ExecSync execSync(ExecSyncRequest request) {
        List<String> command = command(request.getCmdList());
        Duration timeout = seconds(request.getTimeout());
        return new ExecSync(
                ID.required(request.getContainerId()),
                command,
                timeout.isZero() ? Optional.empty() : Optional.of(timeout));
    }

    public Predicate<Container> list(ListContainersRequest request) {
        ContainerFilter filter = request.getFilter();
        Predicate<Container> wanted = matches(filter.getId(), filter.getPodSandboxId(), filter.getLabelSelectorMap());
        if (!filter.hasState()) {
            return wanted;
        }
        io.carafe.cri.v1.ContainerState state = filter.getState().getState();
        if (state == io.carafe.cri.v1.ContainerState.UNRECOGNIZED) {
            throw Field.of("filter").dot("state").unknown(filter.getState().getStateValue());
        }
        return wanted.and(container -> ContainerToProto.state(container.state()) == state);
    }

    public Predicate<Container> listStats(ListContainerStatsRequest request) {
        ContainerStatsFilter filter = request.getFilter();
        return matches(filter.getId(), filter.getPodSandboxId(), filter.getLabelSelectorMap());
    }

    private static Predicate<Container> matches(String id, String sandboxId, Map<String, String> labels) {
        return container -> container.id().value().startsWith(id)
                && container.sandboxId().value().startsWith(sandboxId)
                && container.config().labels().entrySet().containsAll(labels.entrySet());
    }

    private static List<String> command(List<String> words) {
        if (words.isEmpty()) {
            throw Field.of("cmd").invalid("is empty; name a command");
        }
        return List.copyOf(words);
    }

    private static StreamSet streams(boolean stdin, boolean stdout, boolean stderr, boolean tty) {
        if (!stdin && !stdout && !stderr) {
            throw Field.of("stdin").invalid("none of stdin, stdout and stderr is set; set at least one");
        }
        if (tty && stderr) {
            throw Field.of("stderr").invalid("is set with tty; a terminal has one output, stdout");
        }
        return new StreamSet(stdin, stdout, stderr, tty);
    }

    private static Duration seconds(long seconds) {
        if (seconds < 0) {
            throw Field.of("timeout").invalid(seconds + " is negative");
        }
        return seconds < LONGEST.toSeconds() ? Duration.ofSeconds(seconds) : LONGEST;
    }
}
