package io.carafe.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.cri.v1.ExecSyncRequest;
import io.carafe.cri.v1.ExecSyncResponse;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.RunPodSandboxRequest;
import io.carafe.cri.v1.RunPodSandboxResponse;
import io.carafe.cri.v1.RuntimeServiceGrpc;
import io.carafe.cri.v1.StatusRequest;
import io.carafe.cri.v1.StopContainerRequest;
import io.carafe.cri.v1.VersionRequest;
import io.carafe.cri.v1.VersionResponse;
import io.carafe.domain.fault.Fault;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of calls, their callers and their failures, over a real socket. */
@Timeout(60)
class CriServerTest {
    private final Waiting service = new Waiting();
    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final Path directory;
    private final CriServer server;
    private final ManagedChannel channel;

    CriServerTest() throws IOException {
        // JUnit's folders may be longer than a socket's path can be
        directory = Files.createTempDirectory("cris");
        Path socket = directory.resolve("s");
        server = new CriServer(socket, List.of(service));
        channel = NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
                .channelType(EpollDomainSocketChannel.class)
                .eventLoopGroup(loop)
                .usePlaintext()
                .overrideAuthority("localhost")
                .build();
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void end() throws IOException {
        service.goOn.countDown();
        channel.shutdownNow();
        server.close();
        var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        Files.deleteIfExists(directory.resolve("s"));
        Files.delete(directory);
    }

    @Test
    void execEndsWithItsCaller() throws Exception {
        var call = RuntimeServiceGrpc.newFutureStub(channel).execSync(ExecSyncRequest.getDefaultInstance());
        service.begun.await();

        call.cancel(true);

        assertThat(service.end.get(10, TimeUnit.SECONDS)).isEqualTo("interrupted");
    }

    @Test
    void operationGoesOnWithoutItsCaller() throws Exception {
        var call = RuntimeServiceGrpc.newFutureStub(channel).runPodSandbox(RunPodSandboxRequest.getDefaultInstance());
        service.begun.await();

        call.cancel(true);
        // the same connection: when this is answered the server has heard of the end
        assertThat(version()).isEqualTo("x");
        service.goOn.countDown();

        assertThat(service.end.get(10, TimeUnit.SECONDS)).isEqualTo("done");
    }

    @Test
    void stopInterruptsWhatIsLeftAfterTheGraceAndSaysSo() throws Exception {
        var call = RuntimeServiceGrpc.newFutureStub(channel).runPodSandbox(RunPodSandboxRequest.getDefaultInstance());
        service.begun.await();

        server.stop(Duration.ofMillis(100));

        assertThat(service.end.get(10, TimeUnit.SECONDS)).isEqualTo("interrupted");
        assertThatThrownBy(call::get)
                .hasCauseInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("CANCELLED")
                .hasMessageContaining("the daemon is ending");
    }

    @Test
    void socketInADirectoryThatIsNotThereIsRefusedWithWhatToDo() {
        try (var other = new CriServer(directory.resolve("none/s"), List.of())) {
            assertThatThrownBy(other::start)
                    .isInstanceOf(Fault.Unavailable.class)
                    .hasMessageStartingWith("serve CRI on " + directory + "/none/s: its directory does not exist; ");
        }
    }

    @Test
    void whatIsNoSocketIsNotReplaced() throws IOException {
        Path file = Files.writeString(directory.resolve("text"), "precious");
        try (var other = new CriServer(file, List.of())) {
            assertThatThrownBy(other::start)
                    .isInstanceOf(Fault.Unavailable.class)
                    .hasMessageContaining(file + ": what is there is no socket");
            assertThat(file).hasContent("precious");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void pathThatIsTooLongIsRefusedWithTheKernelsReason() {
        try (var other = new CriServer(directory.resolve("x".repeat(120)), List.of())) {
            assertThatThrownBy(other::start)
                    .isInstanceOf(Fault.Unavailable.class)
                    .hasMessageContaining("at most 107 bytes")
                    .hasMessageNotContaining("Failed to bind");
        }
    }

    @Test
    void anErrorIsABugAndNotAnUnknown() {
        service.failure = new NoSuchMethodError("of a vendor's JAR");

        assertThatThrownBy(this::version)
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageStartingWith("INTERNAL: Version failed by a bug of Carafe")
                .hasMessageContaining("of a vendor's JAR");
    }

    @Test
    void zeroByteInAnyTextIsRefusedByItsName() {
        var runtime = RuntimeServiceGrpc.newBlockingStub(channel);
        assertRefused(
                "cmd[1]: has a zero byte in it",
                () -> runtime.execSync(ExecSyncRequest.newBuilder()
                        .addCmd("echo")
                        .addCmd("a\0b")
                        .build()));
        assertRefused(
                "config.log_directory: has a zero byte in it",
                () -> runtime.runPodSandbox(RunPodSandboxRequest.newBuilder()
                        .setConfig(PodSandboxConfig.newBuilder().setLogDirectory("/var/\0"))
                        .build()));
        assertRefused(
                "config.annotations[0].value: has a zero byte in it",
                () -> runtime.runPodSandbox(RunPodSandboxRequest.newBuilder()
                        .setConfig(PodSandboxConfig.newBuilder().putAnnotations("k", "\0"))
                        .build()));
        assertThat(service.begun.getCount()).isOne();
    }

    @Test
    void callThatIsNotServedIsSaidNotToBeSupportedYet() {
        var runtime = RuntimeServiceGrpc.newBlockingStub(channel);
        assertThatThrownBy(() -> runtime.stopContainer(StopContainerRequest.getDefaultInstance()))
                .hasMessageStartingWith("UNIMPLEMENTED: StopContainer is not supported yet")
                .hasMessageContaining("SCOPE.md");
        assertThatThrownBy(() -> runtime.status(StatusRequest.getDefaultInstance()))
                .hasMessageContaining("Status is not supported yet");
    }

    private String version() {
        return RuntimeServiceGrpc.newBlockingStub(channel)
                .version(VersionRequest.getDefaultInstance())
                .getVersion();
    }

    private static void assertRefused(String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessage(Status.Code.INVALID_ARGUMENT + ": " + message);
    }

    /** Calls that wait until they may go on. */
    private static final class Waiting extends RuntimeServiceGrpc.RuntimeServiceImplBase {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        final CompletableFuture<String> end = new CompletableFuture<>();
        volatile Error failure = new AssertionError();

        @Override
        public void version(VersionRequest request, StreamObserver<VersionResponse> observer) {
            Unary.answer(observer, () -> {
                if (failure instanceof LinkageError) {
                    throw failure;
                }
                return VersionResponse.newBuilder().setVersion("x").build();
            });
        }

        @Override
        public void execSync(ExecSyncRequest request, StreamObserver<ExecSyncResponse> observer) {
            Unary.answerWhileWanted(observer, () -> await(ExecSyncResponse.getDefaultInstance()));
        }

        @Override
        public void runPodSandbox(RunPodSandboxRequest request, StreamObserver<RunPodSandboxResponse> observer) {
            Unary.answer(observer, () -> await(RunPodSandboxResponse.getDefaultInstance()));
        }

        private <T> T await(T answer) throws InterruptedException {
            begun.countDown();
            try {
                goOn.await();
                end.complete("done");
                return answer;
            } catch (InterruptedException e) {
                end.complete("interrupted");
                throw e;
            }
        }
    }
}
