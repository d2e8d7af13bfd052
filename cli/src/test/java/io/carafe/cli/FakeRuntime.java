package io.carafe.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.carafe.cri.v1.AttachRequest;
import io.carafe.cri.v1.AttachResponse;
import io.carafe.cri.v1.Container;
import io.carafe.cri.v1.ContainerConfig;
import io.carafe.cri.v1.ContainerState;
import io.carafe.cri.v1.ContainerStatus;
import io.carafe.cri.v1.ContainerStatusRequest;
import io.carafe.cri.v1.ContainerStatusResponse;
import io.carafe.cri.v1.CreateContainerRequest;
import io.carafe.cri.v1.CreateContainerResponse;
import io.carafe.cri.v1.ExecRequest;
import io.carafe.cri.v1.ExecResponse;
import io.carafe.cri.v1.ExecSyncRequest;
import io.carafe.cri.v1.ExecSyncResponse;
import io.carafe.cri.v1.ListContainersRequest;
import io.carafe.cri.v1.ListContainersResponse;
import io.carafe.cri.v1.ListPodSandboxRequest;
import io.carafe.cri.v1.ListPodSandboxResponse;
import io.carafe.cri.v1.PodSandbox;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.PodSandboxStatusRequest;
import io.carafe.cri.v1.PodSandboxStatusResponse;
import io.carafe.cri.v1.RemoveContainerRequest;
import io.carafe.cri.v1.RemoveContainerResponse;
import io.carafe.cri.v1.RemovePodSandboxRequest;
import io.carafe.cri.v1.RemovePodSandboxResponse;
import io.carafe.cri.v1.RunPodSandboxRequest;
import io.carafe.cri.v1.RunPodSandboxResponse;
import io.carafe.cri.v1.RuntimeServiceGrpc;
import io.carafe.cri.v1.StartContainerRequest;
import io.carafe.cri.v1.StartContainerResponse;
import io.carafe.cri.v1.StatusRequest;
import io.carafe.cri.v1.StatusResponse;
import io.carafe.cri.v1.StopContainerRequest;
import io.carafe.cri.v1.StopContainerResponse;
import io.carafe.cri.v1.StopPodSandboxRequest;
import io.carafe.cri.v1.StopPodSandboxResponse;
import io.carafe.cri.v1.VersionRequest;
import io.carafe.cri.v1.VersionResponse;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * As much of a runtime as the command line's verbs need: pods and containers in two maps. A container does nothing: it says its
 * args in its log and exits with 5, at once, unless its first arg is "wait".
 */
final class FakeRuntime extends RuntimeServiceGrpc.RuntimeServiceImplBase {
    final Map<String, PodSandboxConfig> pods = new ConcurrentHashMap<>();
    final Map<String, Container> containers = new ConcurrentHashMap<>();
    final Map<String, String> logs = new ConcurrentHashMap<>();
    StatusResponse status = StatusResponse.getDefaultInstance();
    boolean refuseStart;

    /** How many statuses of containers have been asked for, and which are not answered. */
    final AtomicInteger statusCalls = new AtomicInteger();

    IntPredicate refuseStatus = _ -> false;

    /** Where Exec and Attach send their clients. */
    String streamUrl = "";

    /** Whether what is at the log's place cannot be removed. */
    boolean blockLog;

    /** What a call answers that is refused as a whole; empty for none. */
    Optional<Status> broken = Optional.empty();

    /** Whether the last exec had a deadline. */
    boolean execHadDeadline;

    @Override
    public void version(VersionRequest request, StreamObserver<VersionResponse> reply) {
        answer(
                reply,
                VersionResponse.newBuilder()
                        .setRuntimeName("fake")
                        .setRuntimeVersion("1.2.3")
                        .setRuntimeApiVersion("v1")
                        .build());
    }

    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> reply) {
        answer(
                reply,
                request.getVerbose() ? status : status.toBuilder().clearInfo().build());
    }

    @Override
    public void podSandboxStatus(PodSandboxStatusRequest request, StreamObserver<PodSandboxStatusResponse> reply) {
        if (!pods.containsKey(request.getPodSandboxId())) {
            reply.onError(Status.NOT_FOUND.asRuntimeException());
            return;
        }
        var response = PodSandboxStatusResponse.newBuilder();
        response.getStatusBuilder()
                .setId(request.getPodSandboxId())
                .getNetworkBuilder()
                .setIp("10.1.2.3");
        answer(reply, response.build());
    }

    @Override
    public void runPodSandbox(RunPodSandboxRequest request, StreamObserver<RunPodSandboxResponse> reply) {
        var id = "aa" + request.getConfig().getMetadata().getUid();
        pods.put(id, request.getConfig());
        answer(reply, RunPodSandboxResponse.newBuilder().setPodSandboxId(id).build());
    }

    @Override
    public void listPodSandbox(ListPodSandboxRequest request, StreamObserver<ListPodSandboxResponse> reply) {
        if (broken.isPresent()) {
            reply.onError(broken.get().asRuntimeException());
            return;
        }
        var list = ListPodSandboxResponse.newBuilder();
        pods.forEach((id, config) -> list.addItems(PodSandbox.newBuilder()
                .setId(id)
                .setMetadata(config.getMetadata())
                .putAllAnnotations(config.getAnnotationsMap())
                .putAllLabels(config.getLabelsMap())));
        answer(reply, list.build());
    }

    @Override
    public void stopPodSandbox(StopPodSandboxRequest request, StreamObserver<StopPodSandboxResponse> reply) {
        answer(reply, StopPodSandboxResponse.getDefaultInstance());
    }

    @Override
    public void removePodSandbox(RemovePodSandboxRequest request, StreamObserver<RemovePodSandboxResponse> reply) {
        pods.remove(request.getPodSandboxId());
        containers.values().removeIf(each -> each.getPodSandboxId().equals(request.getPodSandboxId()));
        answer(reply, RemovePodSandboxResponse.getDefaultInstance());
    }

    @Override
    public void createContainer(CreateContainerRequest request, StreamObserver<CreateContainerResponse> reply) {
        ContainerConfig config = request.getConfig();
        var id = "bb" + containers.size();
        logs.put(id, request.getSandboxConfig().getLogDirectory() + "/" + config.getLogPath());
        containers.put(
                id,
                Container.newBuilder()
                        .setId(id)
                        .setPodSandboxId(request.getPodSandboxId())
                        .setMetadata(config.getMetadata())
                        .setImage(config.getImage())
                        .putAnnotations("args", String.join(" ", config.getArgsList()))
                        .build());
        answer(reply, CreateContainerResponse.newBuilder().setContainerId(id).build());
    }

    @Override
    public void startContainer(StartContainerRequest request, StreamObserver<StartContainerResponse> reply) {
        if (blockLog) {
            block(Path.of(logs.getOrDefault(request.getContainerId(), "")));
        }
        if (refuseStart) {
            reply.onError(Status.INTERNAL.withDescription("start refused").asRuntimeException());
            return;
        }
        var id = request.getContainerId();
        var container = containers.getOrDefault(id, Container.getDefaultInstance());
        var args = container.getAnnotationsOrDefault("args", "");
        try {
            Files.writeString(
                    Path.of(logs.getOrDefault(id, "")),
                    "2026-11-24T03:00:10.492228505Z stdout F " + args + "\n",
                    UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        set(id, args.startsWith("wait") ? ContainerState.CONTAINER_RUNNING : ContainerState.CONTAINER_EXITED);
        answer(reply, StartContainerResponse.getDefaultInstance());
    }

    @Override
    public void removeContainer(RemoveContainerRequest request, StreamObserver<RemoveContainerResponse> reply) {
        containers.remove(request.getContainerId());
        answer(reply, RemoveContainerResponse.getDefaultInstance());
    }

    @Override
    public void stopContainer(StopContainerRequest request, StreamObserver<StopContainerResponse> reply) {
        set(request.getContainerId(), ContainerState.CONTAINER_EXITED);
        answer(reply, StopContainerResponse.getDefaultInstance());
    }

    @Override
    public void listContainers(ListContainersRequest request, StreamObserver<ListContainersResponse> reply) {
        var filter = request.getFilter();
        var list = ListContainersResponse.newBuilder();
        containers.values().stream()
                .filter(each -> !filter.hasState()
                        || each.getState() == filter.getState().getState())
                .filter(each -> filter.getPodSandboxId().isEmpty()
                        || each.getPodSandboxId().equals(filter.getPodSandboxId()))
                .forEach(list::addContainers);
        answer(reply, list.build());
    }

    @Override
    public void containerStatus(ContainerStatusRequest request, StreamObserver<ContainerStatusResponse> reply) {
        if (refuseStatus.test(statusCalls.incrementAndGet())) {
            reply.onError(Status.UNAVAILABLE.withDescription("io exception").asRuntimeException());
            return;
        }
        var container = containers.get(request.getContainerId());
        if (container == null) {
            reply.onError(Status.NOT_FOUND.withDescription("no container").asRuntimeException());
            return;
        }
        var told = ContainerStatus.newBuilder()
                .setId(container.getId())
                .setMetadata(container.getMetadata())
                .setState(container.getState())
                .setLogPath(logs.getOrDefault(container.getId(), ""))
                .setExitCode(5);
        answer(reply, ContainerStatusResponse.newBuilder().setStatus(told).build());
    }

    @Override
    public void execSync(ExecSyncRequest request, StreamObserver<ExecSyncResponse> reply) {
        execHadDeadline = Context.current().getDeadline() != null;
        answer(
                reply,
                ExecSyncResponse.newBuilder()
                        .setStdout(ByteString.copyFromUtf8(String.join("|", request.getCmdList())))
                        .setStderr(ByteString.copyFromUtf8("err"))
                        .setExitCode(7)
                        .build());
    }

    @Override
    public void exec(ExecRequest request, StreamObserver<ExecResponse> reply) {
        answer(reply, ExecResponse.newBuilder().setUrl(streamUrl).build());
    }

    @Override
    public void attach(AttachRequest request, StreamObserver<AttachResponse> reply) {
        answer(reply, AttachResponse.newBuilder().setUrl(streamUrl).build());
    }

    private void set(String id, ContainerState state) {
        containers.computeIfPresent(
                id, (_, container) -> container.toBuilder().setState(state).build());
    }

    private static void block(Path log) {
        try {
            Files.createDirectories(log.resolve("in-the-way"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> void answer(StreamObserver<T> reply, T message) {
        reply.onNext(message);
        reply.onCompleted();
    }
}
