package io.carafe.conformance.bench;

import io.carafe.cri.v1.ContainerConfig;
import io.carafe.cri.v1.CreateContainerRequest;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.PodSandboxStatus;
import io.carafe.cri.v1.PodSandboxStatusRequest;
import io.carafe.cri.v1.RemovePodSandboxRequest;
import io.carafe.cri.v1.StopPodSandboxRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A pod sandbox on the endpoint. Closing stops and removes it, whatever state it is in. */
public final class TestPod implements AutoCloseable {
    private final Bench bench;
    private final String id;
    private final PodSandboxConfig config;
    private boolean removed;

    TestPod(Bench bench, String id, PodSandboxConfig config) {
        this.bench = bench;
        this.id = id;
        this.config = config;
    }

    public String id() {
        return id;
    }

    public PodSandboxConfig config() {
        return config;
    }

    public PodSandboxStatus status() {
        return bench.runtime()
                .podSandboxStatus(
                        PodSandboxStatusRequest.newBuilder().setPodSandboxId(id).build())
                .getStatus();
    }

    /** A created container, not started. */
    public TestContainer create(Consumer<ContainerConfig.Builder> change) {
        var container = bench.containerConfig();
        change.accept(container);
        return create(container.build());
    }

    public TestContainer create(ContainerConfig container) {
        var response = bench.runtime().createContainer(request(container));
        return new TestContainer(bench, this, response.getContainerId(), container);
    }

    public CreateContainerRequest request(ContainerConfig container) {
        return CreateContainerRequest.newBuilder()
                .setPodSandboxId(id)
                .setConfig(container)
                .setSandboxConfig(config)
                .build();
    }

    /** A running container of the default config. */
    public TestContainer start() {
        return start(_ -> {});
    }

    public TestContainer start(Consumer<ContainerConfig.Builder> change) {
        var container = create(change);
        container.start();
        return container;
    }

    /** Runs a shell script to its end. */
    public TestContainer script(String script) {
        return script(script, _ -> {});
    }

    public TestContainer script(String script, Consumer<ContainerConfig.Builder> change) {
        var container = start(config -> {
            config.clearCommand().addAllCommand(List.of("sh", "-c", script));
            change.accept(config);
        });
        var _ = container.awaitExit();
        return container;
    }

    public Path log(ContainerConfig container) {
        return Path.of(config.getLogDirectory(), container.getLogPath());
    }

    public void stop() {
        var _ = bench.runtime()
                .stopPodSandbox(
                        StopPodSandboxRequest.newBuilder().setPodSandboxId(id).build());
    }

    public void remove() {
        var _ = bench.runtime()
                .removePodSandbox(
                        RemovePodSandboxRequest.newBuilder().setPodSandboxId(id).build());
        removed = true;
    }

    @Override
    public void close() {
        if (!removed) {
            stop();
            remove();
        }
    }
}
