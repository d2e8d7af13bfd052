package io.carafe.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.carafe.cri.v1.*;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Comparator;

/** CRI v1 RuntimeService: each method translates, calls its use case and translates back. */
public final class RuntimeServiceEndpoint extends RuntimeServiceGrpc.RuntimeServiceImplBase {
    private final RuntimeUseCases use;
    private final PodSandboxFromProto sandboxes;
    private final ContainerFromProto containers;
    private final RuntimeFromProto runtime = new RuntimeFromProto();

    public RuntimeServiceEndpoint(RuntimeUseCases use, HostSecurity host) {
        this.use = use;
        this.sandboxes = new PodSandboxFromProto(host);
        this.containers = new ContainerFromProto(host);
    }

    @Override
    public void version(VersionRequest request, StreamObserver<VersionResponse> observer) {
        Unary.answer(observer, () -> StatusToProto.version(use.version()));
    }

    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> observer) {
        Unary.answer(observer, () -> StatusToProto.status(use, runtime.statusVerbose(request)));
    }

    @Override
    public void runtimeConfig(RuntimeConfigRequest request, StreamObserver<RuntimeConfigResponse> observer) {
        Unary.answer(observer, () -> RuntimeToProto.config(use.status().cgroupDriver()));
    }

    @Override
    public void updateRuntimeConfig(
            UpdateRuntimeConfigRequest request, StreamObserver<UpdateRuntimeConfigResponse> observer) {
        Unary.answer(observer, () -> {
            runtime.podCidr(request).ifPresent(use.status()::podCidr);
            return UpdateRuntimeConfigResponse.getDefaultInstance();
        });
    }

    @Override
    public void runPodSandbox(RunPodSandboxRequest request, StreamObserver<RunPodSandboxResponse> observer) {
        Unary.answer(observer, () -> {
            var wanted = sandboxes.run(request);
            var id = use.runPodSandbox().run(wanted.config(), wanted.handler());
            return RunPodSandboxResponse.newBuilder()
                    .setPodSandboxId(id.value())
                    .build();
        });
    }

    @Override
    public void stopPodSandbox(StopPodSandboxRequest request, StreamObserver<StopPodSandboxResponse> observer) {
        Unary.answer(observer, () -> {
            use.stopPodSandbox().stop(sandboxes.stop(request));
            return StopPodSandboxResponse.getDefaultInstance();
        });
    }

    @Override
    public void removePodSandbox(RemovePodSandboxRequest request, StreamObserver<RemovePodSandboxResponse> observer) {
        Unary.answer(observer, () -> {
            use.removePodSandbox().remove(sandboxes.remove(request));
            return RemovePodSandboxResponse.getDefaultInstance();
        });
    }

    @Override
    public void podSandboxStatus(PodSandboxStatusRequest request, StreamObserver<PodSandboxStatusResponse> observer) {
        Unary.answer(observer, () -> {
            var query = sandboxes.status(request);
            var sandbox = use.inventory().sandbox(query.id());
            var response = PodSandboxStatusResponse.newBuilder().setStatus(PodSandboxToProto.status(sandbox));
            if (query.verbose()) {
                response.putInfo("info", Verbose.of(sandbox));
            }
            return response.build();
        });
    }

    @Override
    public void listPodSandbox(ListPodSandboxRequest request, StreamObserver<ListPodSandboxResponse> observer) {
        Unary.answer(observer, () -> {
            var response = ListPodSandboxResponse.newBuilder();
            use.inventory().sandboxes().stream()
                    .filter(sandboxes.list(request))
                    .sorted(Comparator.comparing(s -> s.state().createdAt()))
                    .forEach(sandbox -> response.addItems(PodSandboxToProto.item(sandbox)));
            return response.build();
        });
    }

    @Override
    public void createContainer(CreateContainerRequest request, StreamObserver<CreateContainerResponse> observer) {
        Unary.answer(observer, () -> {
            var wanted = containers.create(request);
            var id = use.createContainer().create(wanted.sandboxId(), wanted.config());
            return CreateContainerResponse.newBuilder()
                    .setContainerId(id.value())
                    .build();
        });
    }

    @Override
    public void startContainer(StartContainerRequest request, StreamObserver<StartContainerResponse> observer) {
        Unary.answer(observer, () -> {
            use.startContainer().start(containers.start(request));
            return StartContainerResponse.getDefaultInstance();
        });
    }

    @Override
    public void stopContainer(StopContainerRequest request, StreamObserver<StopContainerResponse> observer) {
        Unary.answer(observer, () -> {
            var wanted = containers.stop(request);
            use.stopContainer().stop(wanted.id(), wanted.timeout());
            return StopContainerResponse.getDefaultInstance();
        });
    }

    @Override
    public void removeContainer(RemoveContainerRequest request, StreamObserver<RemoveContainerResponse> observer) {
        Unary.answer(observer, () -> {
            use.removeContainer().remove(containers.remove(request));
            return RemoveContainerResponse.getDefaultInstance();
        });
    }

    @Override
    public void containerStatus(ContainerStatusRequest request, StreamObserver<ContainerStatusResponse> observer) {
        Unary.answer(observer, () -> {
            var query = containers.status(request);
            var container = use.inventory().container(query.id());
            var image = use.images().byId(container.imageId());
            var response = ContainerStatusResponse.newBuilder()
                    .setStatus(
                            image.isPresent()
                                    ? ContainerToProto.status(container, image.get())
                                    : ContainerToProto.status(container));
            if (query.verbose()) {
                response.putInfo("info", Verbose.of(container));
            }
            return response.build();
        });
    }

    @Override
    public void listContainers(ListContainersRequest request, StreamObserver<ListContainersResponse> observer) {
        Unary.answer(observer, () -> {
            var response = ListContainersResponse.newBuilder();
            use.inventory().containers().stream()
                    .filter(containers.list(request))
                    .sorted(Comparator.comparing(c -> c.state().createdAt()))
                    .forEach(container -> response.addContainers(item(container)));
            return response.build();
        });
    }

    /** Names the image as ContainerStatus does. */
    private Container item(io.carafe.domain.container.Container container) {
        return use.images()
                .byId(container.imageId())
                .map(image -> ContainerToProto.item(container, image))
                .orElseGet(() -> ContainerToProto.item(container));
    }

    @Override
    public void execSync(ExecSyncRequest request, StreamObserver<ExecSyncResponse> observer) {
        Unary.answerWhileWanted(observer, () -> {
            var wanted = containers.execSync(request);
            var result = use.execSync()
                    .exec(wanted.id(), wanted.command(), wanted.timeout().orElse(Duration.ZERO));
            // not copied: they are long, and ours
            return ExecSyncResponse.newBuilder()
                    .setStdout(UnsafeByteOperations.unsafeWrap(result.stdout()))
                    .setStderr(UnsafeByteOperations.unsafeWrap(result.stderr()))
                    .setExitCode(result.exitCode())
                    .build();
        });
    }

    @Override
    public void exec(ExecRequest request, StreamObserver<ExecResponse> observer) {
        Unary.answer(observer, () -> {
            var wanted = containers.exec(request);
            var ticket = use.exec().exec(wanted.id(), wanted.command(), wanted.streams());
            return ExecResponse.newBuilder()
                    .setUrl(use.streamUrl().apply(ticket))
                    .build();
        });
    }

    @Override
    public void attach(AttachRequest request, StreamObserver<AttachResponse> observer) {
        Unary.answer(observer, () -> {
            var wanted = containers.attach(request);
            var ticket = use.attach().attach(wanted.id(), wanted.streams());
            return AttachResponse.newBuilder()
                    .setUrl(use.streamUrl().apply(ticket))
                    .build();
        });
    }

    @Override
    public void portForward(PortForwardRequest request, StreamObserver<PortForwardResponse> observer) {
        Unary.answer(observer, () -> {
            var wanted = sandboxes.portForward(request);
            var ticket = use.portForward().portForward(wanted.id(), wanted.ports());
            return PortForwardResponse.newBuilder()
                    .setUrl(use.streamUrl().apply(ticket))
                    .build();
        });
    }

    @Override
    public void reopenContainerLog(
            ReopenContainerLogRequest request, StreamObserver<ReopenContainerLogResponse> observer) {
        Unary.answer(observer, () -> {
            use.reopenContainerLog().reopen(containers.reopenLog(request));
            return ReopenContainerLogResponse.getDefaultInstance();
        });
    }

    @Override
    public void containerStats(ContainerStatsRequest request, StreamObserver<ContainerStatsResponse> observer) {
        Unary.answer(
                observer,
                () -> ContainerStatsResponse.newBuilder()
                        .setStats(UsageToProto.container(use.stats().container(containers.stats(request))))
                        .build());
    }

    @Override
    public void listContainerStats(
            ListContainerStatsRequest request, StreamObserver<ListContainerStatsResponse> observer) {
        Unary.answer(observer, () -> {
            var response = ListContainerStatsResponse.newBuilder();
            use.stats()
                    .containers(containers.listStats(request))
                    .forEach(usage -> response.addStats(UsageToProto.container(usage)));
            return response.build();
        });
    }

    @Override
    public void podSandboxStats(PodSandboxStatsRequest request, StreamObserver<PodSandboxStatsResponse> observer) {
        Unary.answer(
                observer,
                () -> PodSandboxStatsResponse.newBuilder()
                        .setStats(UsageToProto.pod(use.stats().pod(sandboxes.stats(request))))
                        .build());
    }

    @Override
    public void listPodSandboxStats(
            ListPodSandboxStatsRequest request, StreamObserver<ListPodSandboxStatsResponse> observer) {
        Unary.answer(observer, () -> {
            var response = ListPodSandboxStatsResponse.newBuilder();
            use.stats().pods(sandboxes.listStats(request)).forEach(usage -> response.addStats(UsageToProto.pod(usage)));
            return response.build();
        });
    }
}
