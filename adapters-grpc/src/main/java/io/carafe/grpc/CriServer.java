package io.carafe.grpc;

import io.carafe.domain.fault.Fault;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * CRI v1 on a unix socket of mode 0660, one virtual thread per call. The Netty loop never blocks.
 *
 * <p>A socket file that a killed daemon left is replaced; the caller holds the lock that makes sure it is the only daemon.
 */
public final class CriServer implements AutoCloseable {
    /** As the kubelet's own limit. */
    private static final int LARGEST_MESSAGE = 16 << 20;

    /** For what was interrupted to say so, and to take back what it holds. */
    private static final Duration INTERRUPTED = Duration.ofSeconds(5);

    private final Path socket;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("cri-", 0).factory());
    private final Set<Thread> busy = ConcurrentHashMap.newKeySet();
    private final MultiThreadIoEventLoopGroup loops;
    private final Server server;

    public CriServer(Path socket, List<BindableService> services) {
        this.socket = socket;
        this.loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        var builder = NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
                .channelType(EpollServerDomainSocketChannel.class)
                .bossEventLoopGroup(loops)
                .workerEventLoopGroup(loops)
                .executor(this::run)
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .intercept(new FaultInterceptor());
        services.forEach(builder::addService);
        this.server = builder.build();
    }

    /** @throws Fault.Unavailable if the socket cannot be bound */
    public void start() {
        check(socket);
        try {
            Files.deleteIfExists(socket);
            server.start();
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
        } catch (IOException e) {
            // the cause has the kernel's words
            String why = e.getCause() == null
                    ? e.toString()
                    : String.valueOf(e.getCause().getMessage());
            throw unbound(socket, why, e);
        }
    }

    /**
     * Looks whether a server could have this socket, beside one that may be running.
     *
     * @throws Fault.Unavailable as {@link #start} would
     */
    public static void check(Path socket) {
        if (Optional.ofNullable(socket.toAbsolutePath().getParent())
                .filter(Files::isDirectory)
                .isEmpty()) {
            throw unbound(socket, "its directory does not exist", new NoSuchFileException(socket.toString()));
        }
        if (Files.isRegularFile(socket, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(socket)) {
            throw unbound(socket, "what is there is no socket", new FileAlreadyExistsException(socket.toString()));
        }
    }

    private static Fault unbound(Path socket, String why, IOException cause) {
        return new Fault.Unavailable(
                "serve CRI on " + socket + ": " + why
                        + "; [daemon] socket of the configuration needs a path of at most 107 bytes in a directory that exists",
                cause);
    }

    /** Takes no more calls and waits for those under way; interrupts what is left of them after {@code grace}. */
    public void stop(Duration grace) throws InterruptedException {
        server.shutdown();
        if (!server.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            busy.forEach(Thread::interrupt);
            server.awaitTermination(INTERRUPTED.toMillis(), TimeUnit.MILLISECONDS);
        }
        close();
    }

    private void run(Runnable task) {
        threads.execute(() -> {
            busy.add(Thread.currentThread());
            try {
                task.run();
            } finally {
                busy.remove(Thread.currentThread());
            }
        });
    }

    @Override
    public void close() {
        server.shutdownNow();
        var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
