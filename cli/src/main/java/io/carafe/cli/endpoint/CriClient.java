package io.carafe.cli.endpoint;

import io.carafe.cri.v1.ImageServiceGrpc;
import io.carafe.cri.v1.ImageServiceGrpc.ImageServiceBlockingStub;
import io.carafe.cri.v1.RuntimeServiceGrpc;
import io.carafe.cri.v1.RuntimeServiceGrpc.RuntimeServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A connection to a CRI endpoint's unix socket; nothing is sent before the first call. */
public final class CriClient implements AutoCloseable {
    private static final int LARGEST_MESSAGE = 64 << 20;

    private final EventLoopGroup loop;
    private final ManagedChannel channel;
    private final Duration timeout;

    /** {@code timeout} is the deadline of every call that is not given one. */
    public CriClient(Path socket, Duration timeout) {
        this.timeout = timeout;
        loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        channel = NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
                .channelType(EpollDomainSocketChannel.class)
                .eventLoopGroup(loop)
                .usePlaintext()
                .overrideAuthority("localhost")
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .build();
    }

    public RuntimeServiceBlockingStub runtime() {
        return runtime(timeout);
    }

    public RuntimeServiceBlockingStub runtime(Duration deadline) {
        return RuntimeServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** For calls that take as long as they want. */
    public RuntimeServiceBlockingStub patientRuntime() {
        return RuntimeServiceGrpc.newBlockingStub(channel);
    }

    public ImageServiceBlockingStub images() {
        return images(timeout);
    }

    public ImageServiceBlockingStub images(Duration deadline) {
        return ImageServiceGrpc.newBlockingStub(channel).withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }
}
