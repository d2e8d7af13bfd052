package io.carafe.streaming;

import io.carafe.application.stream.StreamTicket;
import io.carafe.application.task.Subtasks;
import io.carafe.domain.fault.Fault;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Serves the URLs of streams. At its start it binds and no more; what a stream needs is loaded with the first.
 *
 * <p>epoll and not the JDK's selector, because it tells that a client has gone also while nothing is read from it.
 */
public final class StreamingServer implements AutoCloseable {
    private static final int LOOPS = 2;
    private static final int LARGEST_BODY = 4096;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final Duration REQUEST = Duration.ofSeconds(30);
    /** Bytes on the way to one client: above the second its writers wait, until there are less than the first. */
    private static final WriteBufferWaterMark SENT = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private final StreamingOptions options;
    private final StreamUseCases use;
    private final Sessions sessions;
    private final Streams streams;
    private final MultiThreadIoEventLoopGroup loops;
    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private volatile Optional<Channel> listening = Optional.empty();

    public StreamingServer(StreamingOptions options, StreamUseCases use, Subtasks tasks) {
        this.options = options;
        this.use = use;
        this.sessions = new Sessions(tasks);
        this.streams = new Streams(use, sessions, options.idleTimeout());
        this.loops = new MultiThreadIoEventLoopGroup(LOOPS, EpollIoHandler.newFactory());
    }

    /**
     * Answers requests when it returns.
     *
     * @throws Fault.Unavailable if the address cannot be bound, or the certificate or key cannot be used
     */
    public void start() throws InterruptedException {
        Optional<SslContext> tls = options.tls().map(StreamingTls::context);
        var address = new InetSocketAddress(InetAddress.ofLiteral(options.address()), options.port());
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, SENT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connect(channel, tls);
                    }
                })
                .bind(address)
                .await();
        if (!bound.isSuccess()) {
            throw unbound(options, Optional.ofNullable(bound.cause()).orElseGet(IllegalStateException::new));
        }
        listening = Optional.of(bound.channel());
    }

    /**
     * Looks whether a server with these options could start, beside one that may be running. A port that is in use is not found.
     *
     * @throws Fault.Unavailable as {@link #start} would
     */
    public static void check(StreamingOptions options) {
        options.tls().ifPresent(StreamingTls::context);
        var anyPort = new InetSocketAddress(InetAddress.ofLiteral(options.address()), 0);
        try (var socket = new ServerSocket()) {
            socket.bind(anyPort);
        } catch (IOException e) {
            throw unbound(options, e);
        }
    }

    private static Fault unbound(StreamingOptions options, Throwable cause) {
        return new Fault.Unavailable(
                "listen for streams on address " + options.address() + ", port " + options.port() + ": "
                        + cause.getMessage()
                        + "; [streaming] of the configuration needs an address of this host, and a port that is free or 0 for any",
                cause);
    }

    private void connect(Channel channel, Optional<SslContext> tls) {
        connections.add(channel);
        channel.closeFuture().addListener(_ -> connections.remove(channel));
        tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
        channel.pipeline()
                .addLast(Streams.HTTP, new HttpServerCodec())
                .addLast(Streams.HTTP_BODY, new HttpObjectAggregator(LARGEST_BODY))
                .addLast(Streams.HTTP_TIMEOUT, new ReadTimeoutHandler(REQUEST.toSeconds(), TimeUnit.SECONDS))
                .addLast(Streams.UPGRADE, new UpgradeHandler(use, streams));
    }

    /** Where a client goes with a ticket. A server that listens everywhere is on the loopback address too. */
    public String url(StreamTicket ticket) {
        InetSocketAddress address = listening
                .map(channel -> (InetSocketAddress) channel.localAddress())
                .orElseThrow(() -> new Fault.Unavailable("streams are not served yet, or not any more"));
        String host = address.getAddress().isAnyLocalAddress()
                ? (address.getAddress() instanceof java.net.Inet6Address ? "[::1]" : "127.0.0.1")
                : address.getAddress() instanceof java.net.Inet6Address
                        ? "[" + address.getAddress().getHostAddress() + "]"
                        : address.getAddress().getHostAddress();
        return (options.tls().isPresent() ? "https" : "http") + "://" + host + ":" + address.getPort()
                + UpgradeHandler.path(ticket);
    }

    /** Takes no more connections, ends all streams and waits until their processes are gone. */
    public void stop(Duration grace) throws InterruptedException {
        listening.ifPresent(StreamingServer::close);
        listening = Optional.empty();
        sessions.end(grace);
        // a loop that is shut down closes its connections before it has sent what waits
        connections.forEach(StreamingServer::close);
        for (Channel connection : connections) {
            var _ = connection.closeFuture().await(LAST_WORDS.toMillis());
        }
        close();
    }

    @Override
    public void close() {
        listening.ifPresent(StreamingServer::close);
        connections.forEach(StreamingServer::close);
        var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private static void close(Channel channel) {
        var _ = channel.close();
    }
}
