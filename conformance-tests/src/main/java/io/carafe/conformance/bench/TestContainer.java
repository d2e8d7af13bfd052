package io.carafe.conformance.bench;

import io.carafe.cri.v1.ContainerConfig;
import io.carafe.cri.v1.ContainerState;
import io.carafe.cri.v1.ContainerStatus;
import io.carafe.cri.v1.ContainerStatusRequest;
import io.carafe.cri.v1.ExecSyncRequest;
import io.carafe.cri.v1.RemoveContainerRequest;
import io.carafe.cri.v1.StartContainerRequest;
import io.carafe.cri.v1.StopContainerRequest;
import java.time.Duration;
import java.util.List;

/** A container on the endpoint; it goes with its pod. */
public final class TestContainer {
    private static final Duration EXIT_PATIENCE = Duration.ofSeconds(30);
    private static final Duration EXEC_TIMEOUT = Duration.ofSeconds(30);

    private final Bench bench;
    private final TestPod pod;
    private final String id;
    private final ContainerConfig config;

    TestContainer(Bench bench, TestPod pod, String id, ContainerConfig config) {
        this.bench = bench;
        this.pod = pod;
        this.id = id;
        this.config = config;
    }

    public String id() {
        return id;
    }

    public TestPod pod() {
        return pod;
    }

    public ContainerConfig config() {
        return config;
    }

    public void start() {
        var _ = bench.runtime()
                .startContainer(
                        StartContainerRequest.newBuilder().setContainerId(id).build());
    }

    public void stop(Duration grace) {
        var _ = bench.runtime()
                .stopContainer(StopContainerRequest.newBuilder()
                        .setContainerId(id)
                        .setTimeout(grace.toSeconds())
                        .build());
    }

    public void remove() {
        var _ = bench.runtime()
                .removeContainer(
                        RemoveContainerRequest.newBuilder().setContainerId(id).build());
    }

    public ContainerStatus status() {
        return bench.runtime()
                .containerStatus(
                        ContainerStatusRequest.newBuilder().setContainerId(id).build())
                .getStatus();
    }

    public ContainerStatus awaitExit() {
        return Await.until(
                "container " + id + " has exited",
                EXIT_PATIENCE,
                this::status,
                status -> status.getState() == ContainerState.CONTAINER_EXITED);
    }

    public Exec exec(String... command) {
        return exec(EXEC_TIMEOUT, command);
    }

    public Exec exec(Duration timeout, String... command) {
        var response = bench.runtime()
                .execSync(ExecSyncRequest.newBuilder()
                        .setContainerId(id)
                        .addAllCmd(List.of(command))
                        .setTimeout(timeout.toSeconds())
                        .build());
        return new Exec(
                response.getExitCode(),
                response.getStdout().toStringUtf8(),
                response.getStderr().toStringUtf8());
    }

    /** The output of a shell script that must succeed. */
    public String sh(String script) {
        return exec("sh", "-c", script).ok();
    }

    public List<LogLine> log() {
        return LogLine.read(pod.log(config));
    }

    /** What the container wrote to stdout so far, by its log. */
    public String out() {
        return LogLine.text(log(), "stdout");
    }
}
