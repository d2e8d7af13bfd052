package io.carafe.oci.conmon;

import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.poll.Readiness;
import io.carafe.linux.socket.SeqPacketSocket;
import io.carafe.oci.stdio.BoundedPipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A client of conmon's attach socket.
 *
 * <p>conmon writes to its clients without looking whether they read, and while one does not, the container and its log stand still.
 * So {@link #pump}, on a thread of its own, always reads, and gives up a client that takes nothing for {@link #PATIENCE}. An exec
 * has nothing to lose but itself: there the client may be as slow as it likes.
 *
 * <p>Shape: packets of a stream number (2 is stdout, 3 stderr) and at most 8192 bytes; input goes as it is. With a terminal all is
 * stdout. Concurrency: a thread each for pump, input and either output; {@link #close} from any.
 */
public final class AttachConnection implements AutoCloseable {
    /** How long a client that does not read may stop a container. */
    public static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int BUFFER = 1 << 18;
    private static final int PACKET = 8193;
    private static final int INPUT = 16384;
    private static final int STDERR = 3;

    private final SeqPacketSocket socket;
    private final BoundedPipe stdout;
    private final BoundedPipe stderr;
    private final OutputStream stdin;

    private AttachConnection(SeqPacketSocket socket, boolean input, Optional<Duration> patience) {
        this.socket = socket;
        this.stdout = new BoundedPipe(BUFFER, patience);
        this.stderr = new BoundedPipe(BUFFER, patience);
        this.stdin = input ? new Input() : OutputStream.nullOutputStream();
    }

    /** To a container: one that does not read is given up. */
    public static AttachConnection toContainer(Path path, boolean input, Readiness readiness)
            throws InterruptedException {
        return new AttachConnection(SeqPacketSocket.connect(path, readiness), input, Optional.of(PATIENCE));
    }

    /** To an exec: its process waits for a slow reader. */
    public static AttachConnection toExec(Path path, boolean input, Readiness readiness) throws InterruptedException {
        return new AttachConnection(SeqPacketSocket.connect(path, readiness), input, Optional.empty());
    }

    public OutputStream stdin() {
        return stdin;
    }

    public InputStream stdout() {
        return stdout;
    }

    public InputStream stderr() {
        return stderr;
    }

    /** Carries packets to the two outputs until conmon or we close. Never throws: a failure arrives at the readers. */
    public void pump() {
        Optional<String> failure = Optional.empty();
        try {
            Optional<byte[]> packet = socket.receive(PACKET);
            while (packet.isPresent() && accepted(packet.get())) {
                packet = socket.receive(PACKET);
            }
            if (packet.isPresent()) {
                failure = Optional.of("detached: nothing was read for " + PATIENCE.toSeconds()
                        + " s, and the container must not wait longer; attach again");
            }
        } catch (LinuxException e) {
            failure = Optional.of("attach socket: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = Optional.of("detached: interrupted");
        } finally {
            socket.close();
            stdout.end(failure);
            stderr.end(failure);
        }
    }

    @Override
    public void close() {
        socket.close();
        stdout.close();
        stderr.close();
    }

    private boolean accepted(byte[] packet) throws InterruptedException {
        BoundedPipe pipe = packet[0] == STDERR ? stderr : stdout;
        return pipe.write(packet, 1, packet.length - 1);
    }

    private final class Input extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            try {
                for (int at = offset; at < offset + length; at += INPUT) {
                    socket.send(Arrays.copyOfRange(bytes, at, Math.min(at + INPUT, offset + length)));
                }
            } catch (LinuxException e) {
                throw new IOException("write to the process: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("write to the process: interrupted").initCause(e);
            }
        }

        @Override
        public void close() {
            socket.shutdownOutput();
        }
    }
}
