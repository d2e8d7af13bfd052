package io.carafe.conformance.bench;

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

/** A connection to one CRI endpoint. Calls without a deadline of their own get {@link #PATIENCE}. Safe for concurrent use. */
public final class Cri implements AutoCloseable {
    /** The kubelet's own default for most calls. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What the kubelet takes; a larger answer is lost on it. */
    private static final int LARGEST_MESSAGE = 16 << 20;

    private final EventLoopGroup loops;
    private final ManagedChannel channel;

    public Cri(Path socket) {
        loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        channel = NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
                .channelType(EpollDomainSocketChannel.class)
                .eventLoopGroup(loops)
                .usePlaintext()
                .overrideAuthority("localhost")
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .build();
    }

    public RuntimeServiceBlockingStub runtime() {
        return runtime(PATIENCE);
    }

    public RuntimeServiceBlockingStub runtime(Duration deadline) {
        return RuntimeServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    public ImageServiceBlockingStub images() {
        return images(PATIENCE);
    }

    public ImageServiceBlockingStub images(Duration deadline) {
        return ImageServiceGrpc.newBlockingStub(channel).withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
