package io.carafe.storage.unpack;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import io.carafe.linux.file.RootedDirectory;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.libc.OwnThread;
import io.carafe.ports.spi.Tasks;
import io.carafe.storage.content.DiskFaults;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Unpacks one layer into an empty directory while it is read, and says whether it was the right one. Nothing is synced: that is
 * for whoever keeps the directory. After a failure the directory holds a part of the layer.
 *
 * <p>Concurrency: safe; each call has two threads while it lasts, a virtual one that reads and a platform one that writes.
 */
public final class LayerUnpack {
    private final Tasks tasks;

    public LayerUnpack(Tasks tasks) {
        this.tasks = tasks;
    }

    /**
     * @throws Fault as {@link io.carafe.ports.image.Snapshotter#unpack} says
     * @throws InterruptedException if interrupted; the reading of {@code compressed} has ended then too
     */
    public UnpackedLayer unpack(Descriptor descriptor, Digest diffId, InputStream compressed, Path target)
            throws InterruptedException {
        String attempted = "unpack layer " + descriptor.digest() + " with diff id " + diffId;
        demandArchive(attempted, descriptor.mediaType());
        BlockPipe pipe = new BlockPipe();
        LayerStream stream = new LayerStream(compressed, pipe, diffId.algorithm());
        Thread reading = tasks.background("read-layer-" + diffId.hex().substring(0, 12), stream);
        try {
            UnpackedLayer layer = OwnThread.<UnpackedLayer, IOException>call(
                    "write-layer-" + diffId.hex().substring(0, 12), () -> write(pipe.reader(), target));
            Digest found = stream.digest();
            if (!found.equals(diffId)) {
                throw new Fault.Corrupt(attempted + ": the uncompressed bytes have the digest " + found
                        + "; the image is broken, or was tampered with");
            }
            return layer;
        } catch (LinuxException e) {
            throw fault(attempted, e);
        } catch (IOException e) {
            throw fault(attempted, e);
        } finally {
            end(reading);
        }
    }

    private static UnpackedLayer write(InputStream plain, Path target) throws IOException {
        try (LayerWriter writer = new LayerWriter(RootedDirectory.open(target))) {
            TarReader tar = new TarReader(plain);
            for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                writer.write(entry.get(), tar);
            }
            // what follows the archive belongs to the digest
            plain.transferTo(OutputStream.nullOutputStream());
            writer.finish();
            return new UnpackedLayer(List.copyOf(writer.implicitDirectories()), writer.hasOpaqueRoot());
        }
    }

    private static void demandArchive(String attempted, String mediaType) {
        if (!mediaType.contains("tar") || mediaType.endsWith("+encrypted")) {
            throw new Fault.Unsupported(attempted + ": media type '" + mediaType
                    + "' is not that of a tar archive; the reference may name an artifact and no image");
        }
    }

    private static RuntimeException fault(String attempted, IOException e) throws InterruptedException {
        return switch (e) {
            case BadArchive bad -> new Fault.Corrupt(attempted + ": " + bad.getMessage(), bad);
            case SourceStream.Broken broken -> sourceFault(attempted, broken);
            case InterruptedIOException interrupted -> throw interrupted(attempted, interrupted);
            case ClosedByInterruptException interrupted -> throw interrupted(attempted, interrupted);
            default -> DiskFaults.of(attempted, e);
        };
    }

    private static Fault sourceFault(String attempted, SourceStream.Broken broken) {
        for (Throwable cause = broken.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Fault fault) {
                return fault;
            }
        }
        return new Fault.Unavailable(attempted + ": reading it failed: " + broken.getMessage(), broken);
    }

    /** What no honest archive makes the kernel say is the archive's doing. */
    private static Fault fault(String attempted, LinuxException e) {
        return switch (e.errno()) {
            case ENOENT, ENOTDIR, EISDIR, EEXIST, ELOOP, EINVAL, ENAMETOOLONG ->
                new Fault.Corrupt(attempted + ": an entry cannot be written: " + e.getMessage(), e);
            default -> DiskFaults.of(attempted, e);
        };
    }

    private static InterruptedException interrupted(String attempted, IOException cause) {
        Thread.interrupted();
        InterruptedException interrupted = new InterruptedException(attempted + " was interrupted");
        interrupted.initCause(cause);
        return interrupted;
    }

    /** The thread does not outlive the call, because the caller closes what it reads from. */
    private static void end(Thread reading) {
        boolean interrupted = false;
        reading.interrupt();
        while (true) {
            try {
                reading.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
