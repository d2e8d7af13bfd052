package io.carafe.cli;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Serves the fakes on a unix socket, so that tests go the whole way that a command goes. */
final class FakeEndpoint implements AutoCloseable {
    final FakeRuntime runtime = new FakeRuntime();
    final FakeImages images = new FakeImages();

    private final Path dir;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final Server server;

    FakeEndpoint() throws IOException {
        // A unix socket's path ends at 108 bytes, JUnit's own folders can be longer.
        dir = Files.createTempDirectory("cfake");
        server = NettyServerBuilder.forAddress(new DomainSocketAddress(socket().toFile()))
                .channelType(EpollServerDomainSocketChannel.class)
                .bossEventLoopGroup(loop)
                .workerEventLoopGroup(loop)
                .addService(runtime)
                .addService(images)
                .build()
                .start();
    }

    Path socket() {
        return dir.resolve("cri.sock");
    }

    @Override
    public void close() throws IOException {
        server.shutdownNow();
        var _ = loop.shutdownGracefully();
        Files.deleteIfExists(socket());
        Files.delete(dir);
    }
}
