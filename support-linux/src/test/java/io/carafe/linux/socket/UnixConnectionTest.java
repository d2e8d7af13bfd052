package io.carafe.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.poll.Readiness;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener that is slow to take connections. */
class UnixConnectionTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Readiness readiness = new Readiness();
    private final List<UnixConnection> waiting = new ArrayList<>();

    @TempDir
    Path directory;

    private ServerSocketChannel listener;

    @BeforeEach
    void listen() throws IOException {
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(directory.resolve("s")), 1);
    }

    @AfterEach
    void close() throws IOException {
        waiting.forEach(UnixConnection::close);
        listener.close();
    }

    @Test
    void listenerThatTakesNoConnectionIsToldWithThePath() throws Exception {
        LinuxException failure = fill();

        assertThat(failure.errno()).isEqualTo(Errno.ETIMEDOUT);
        assertThat(failure)
                .hasMessageContaining(directory.resolve("s").toString())
                .hasMessageContaining("has taken no connection for 0.05s");
    }

    @Test
    void connectionWaitsUntilTheListenerTakesAnother() throws Exception {
        fill();
        CompletableFuture<UnixConnection> connected = connectInAThread().result();
        assertThat(connected).isNotDone();

        listener.accept().close();

        try (UnixConnection connection = connected.get(20, TimeUnit.SECONDS)) {
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Test
    void interruptEndsTheWaitAndLeavesNoDescriptor() throws Exception {
        fill();
        long before = sockets();
        Attempt attempt = connectInAThread();
        while (attempt.thread().getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        attempt.thread().interrupt();

        assertThatThrownBy(() -> attempt.result().get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(sockets()).isEqualTo(before);
    }

    private record Attempt(Thread thread, CompletableFuture<UnixConnection> result) {}

    private Attempt connectInAThread() {
        CompletableFuture<UnixConnection> result = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                result.complete(connect(LONG));
            } catch (LinuxException | InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        return new Attempt(thread, result);
    }

    /** Connects until there is no room, and answers how that fails. */
    private LinuxException fill() throws InterruptedException {
        while (true) {
            try {
                waiting.add(connect(SHORT));
            } catch (LinuxException e) {
                return e;
            }
        }
    }

    private UnixConnection connect(Duration patience) throws InterruptedException {
        return UnixConnection.to(directory.resolve("s"), UnixConnection.SOCK_STREAM, readiness, patience);
    }

    private static long sockets() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(UnixConnectionTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed since
        }
    }
}
