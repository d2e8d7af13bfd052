package io.carafe.conformance.bench;

import io.carafe.conformance.image.TestImage;
import io.carafe.conformance.image.TestImages;
import io.carafe.cri.v1.ContainerConfig;
import io.carafe.cri.v1.ImageServiceGrpc.ImageServiceBlockingStub;
import io.carafe.cri.v1.ImageSpec;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.PullImageRequest;
import io.carafe.cri.v1.RunPodSandboxRequest;
import io.carafe.cri.v1.RuntimeServiceGrpc.RuntimeServiceBlockingStub;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** One test's tools and all that it has made, which is taken back, last first, when the test is over. */
public final class Bench implements AutoCloseable {
    private final Endpoint endpoint;
    private final HostFolder folder;
    private final PodCgroups cgroups;
    private final Deque<AutoCloseable> made = new ArrayDeque<>();

    Bench(Endpoint endpoint) {
        this.endpoint = endpoint;
        folder = HostFolder.in(endpoint.settings().workDir());
        cgroups = new PodCgroups(endpoint.driver(), endpoint.settings().runId());
        made.push(folder);
        made.push(cgroups);
    }

    public Cri cri() {
        return endpoint.cri();
    }

    public RuntimeServiceBlockingStub runtime() {
        return cri().runtime();
    }

    public ImageServiceBlockingStub imageService() {
        return cri().images();
    }

    public TestImages images() {
        return endpoint.images();
    }

    public Settings settings() {
        return endpoint.settings();
    }

    /** A folder of this test on the host. */
    public HostFolder folder() {
        return folder;
    }

    /** A running pod, made as a kubelet would. */
    public TestPod pod() {
        return pod(_ -> {});
    }

    public TestPod pod(Consumer<PodSandboxConfig.Builder> change) {
        var config = podConfig();
        change.accept(config);
        return run(config.build());
    }

    /** Runs exactly this config, under the run's handler. */
    public TestPod run(PodSandboxConfig config) {
        var request = RunPodSandboxRequest.newBuilder()
                .setConfig(config)
                .setRuntimeHandler(settings().handler())
                .build();
        return adopt(runtime().runPodSandbox(request).getPodSandboxId(), config);
    }

    /** Takes a pod that the test made by a call of its own into the clean-up. */
    public TestPod adopt(String id, PodSandboxConfig config) {
        var pod = new TestPod(this, id, config);
        made.push(pod);
        return pod;
    }

    /** A config that no other pod has: name, uid, log directory, cgroup parent; a PID namespace per container. */
    public PodSandboxConfig.Builder podConfig() {
        var uid = UUID.randomUUID().toString();
        var name = "pod-" + uid.substring(0, 8);
        var config = PodSandboxConfig.newBuilder()
                .setHostname(name)
                .setLogDirectory(folder.dir("logs-" + name).toString())
                .putLabels(Settings.RUN_LABEL, settings().runId());
        config.getMetadataBuilder().setName(name).setUid(uid).setNamespace("carafe-conformance");
        config.getLinuxBuilder().setCgroupParent(cgroups.parentOf(uid));
        config.getLinuxBuilder()
                .getSecurityContextBuilder()
                .getNamespaceOptionsBuilder()
                .setPid(NamespaceMode.CONTAINER);
        return config;
    }

    /** A container of the base image that waits and ends with 0 at SIGTERM. */
    public ContainerConfig.Builder containerConfig() {
        var name = "container-" + UUID.randomUUID().toString().substring(0, 8);
        var config = ContainerConfig.newBuilder()
                .setImage(ImageSpec.newBuilder().setImage(pulled(images().busybox())))
                .addAllCommand(List.of("sh", "-c", "trap 'exit 0' TERM; sleep 100000 & wait"))
                .setLogPath(name + ".log");
        config.getMetadataBuilder().setName(name);
        config.getLinuxBuilder()
                .getSecurityContextBuilder()
                .getNamespaceOptionsBuilder()
                .setPid(NamespaceMode.CONTAINER);
        return config;
    }

    /** The id of the image, pulled if need be. */
    public String pulled(TestImage image) {
        return pulled(image.reference());
    }

    public String pulled(String reference) {
        var request =
                PullImageRequest.newBuilder().setImage(ImageSpec.newBuilder().setImage(reference));
        return imageService().pullImage(request.build()).getImageRef();
    }

    /** Has something done when the test is over, before what was made earlier is taken back. */
    public void afterwards(AutoCloseable undo) {
        made.push(undo);
    }

    @Override
    public void close() {
        var failures = new ArrayList<Throwable>();
        for (var each : made) {
            try {
                each.close();
            } catch (Exception | AssertionError e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            var all = new AssertionError("the test could not be taken back: " + failures.getFirst());
            failures.forEach(all::addSuppressed);
            throw all;
        }
    }
}
