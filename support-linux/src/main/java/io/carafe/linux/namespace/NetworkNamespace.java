package io.carafe.linux.namespace;

import io.carafe.domain.fault.DurationText;
import io.carafe.domain.resource.NetworkUsage;
import io.carafe.linux.file.ControlFile;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.libc.OpenFlags;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A network namespace that has a path: a pin, or {@code /proc/PID/ns/net}.
 *
 * <p>Concurrency: safe; each call is a thread of its own for as long as it takes.
 */
public record NetworkNamespace(Path path) {
    /**
     * Runs {@code work} on a platform thread inside the namespace. What it opens there stays there and may be used anywhere.
     *
     * @throws LinuxException ENOENT if there is no such file, EINVAL if it is no network namespace
     */
    public <T> T call(Callable<T> work) throws Exception {
        return NamespaceThread.call("netns-" + path.getFileName(), () -> {
            enter();
            return work.call();
        });
    }

    /**
     * Connects to an address of the namespace, such as its 127.0.0.1.
     *
     * @throws IOException if the connection is refused or takes longer than {@code timeout}
     */
    public SocketChannel connect(InetSocketAddress address, Duration timeout) throws IOException, InterruptedException {
        return io("connect to " + address, () -> {
            SocketChannel channel = SocketChannel.open();
            try {
                channel.socket().connect(address, Math.toIntExact(timeout.toMillis()));
                return channel;
            } catch (SocketTimeoutException e) {
                channel.close();
                throw (IOException) new SocketTimeoutException("connect to " + address + " in " + path
                                + ": no answer within " + DurationText.of(timeout))
                        .initCause(e);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        });
    }

    /** The counters of its interfaces but {@code lo}; empty if the namespace is gone. */
    public Optional<NetworkUsage> usage(Instant now) throws InterruptedException {
        try {
            return Optional.of(io(
                    "read counters",
                    () -> NetworkCounters.parse(
                            ControlFile.read(Path.of("/proc/thread-self/net/dev"))
                                    .orElse(""),
                            now)));
        } catch (LinuxException e) {
            // EINVAL: the file is there, but nothing is mounted on it any more
            if (e.isMissing() || e.errno() == Errno.EINVAL) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("read counters in " + path, e);
        }
    }

    private <T> T io(String what, Callable<T> work) throws IOException, InterruptedException {
        try {
            return call(work);
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(what + " in " + path, e);
        }
    }

    private void enter() {
        try (Fd fd = Fd.open(path, OpenFlags.READ_ONLY)) {
            Kernel.check(Kernel.libc().setns(fd.number(), NamespaceFlags.NETWORK), "setns", path);
        }
    }
}
