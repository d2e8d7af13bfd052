package io.carafe.ports.tck.memory;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.FilesystemUsage;
import io.carafe.ports.image.Snapshotter;
import io.carafe.ports.tck.TckLayer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Layers in memory, snapshots as copies of them in a directory: needs no root, mounts nothing. It outlives what uses it, as a
 * disk does: give the same one to the next start.
 */
public final class MemorySnapshotter implements Snapshotter {
    private final Path root;
    private final InstantSource clock;
    private final Map<Digest, List<MemoryTar.Entry>> layers = new HashMap<>();
    private final Map<String, Snapshot> snapshots = new HashMap<>();

    private record Snapshot(Path root, List<Digest> lower, MemoryTree.Size copied) {}

    /** @param root where the snapshots lie; made when it is needed */
    public MemorySnapshotter(Path root, InstantSource clock) {
        this.root = root;
        this.clock = clock;
    }

    @Override
    public synchronized boolean hasLayer(Digest diffId) {
        return layers.containsKey(diffId);
    }

    @Override
    public void unpack(Descriptor descriptor, Digest diffId, InputStream compressed) {
        byte[] tar = plain(read(descriptor, compressed));
        Digest found = TckLayer.digest(tar);
        if (!found.equals(diffId)) {
            throw new Fault.Corrupt("unpack layer " + diffId + ": the uncompressed bytes have digest " + found);
        }
        List<MemoryTar.Entry> entries = MemoryTar.read(tar);
        synchronized (this) {
            layers.put(diffId, entries);
        }
    }

    private static byte[] read(Descriptor descriptor, InputStream compressed) {
        try {
            return compressed.readAllBytes();
        } catch (IOException e) {
            if (e.getCause() instanceof Fault fault) {
                throw fault;
            }
            throw new Fault.Unavailable("read layer " + descriptor.digest() + ": " + e.getMessage(), e);
        }
    }

    private static byte[] plain(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] != 0x1f || bytes[1] != (byte) 0x8b) {
            return bytes;
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new Fault.Corrupt("unpack layer: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized Path mount(String key, List<Digest> diffIds) {
        if (!key.matches("[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,199}")) {
            throw new Fault.InvalidArgument("'" + key + "' cannot name a snapshot");
        }
        Snapshot known = snapshots.get(key);
        if (known != null && !known.lower().equals(diffIds)) {
            throw new Fault.AlreadyExists("mount snapshot " + key + ": it stands on other layers");
        }
        if (known != null) {
            return known.root();
        }
        for (Digest diffId : diffIds) {
            if (!layers.containsKey(diffId)) {
                throw new Fault.NotFound("mount snapshot " + key + ": layer " + diffId + " is missing");
            }
        }
        try {
            Path snapshot = Files.createDirectories(root.resolve(key));
            for (Digest diffId : diffIds) {
                new MemoryTree(snapshot).apply(layers.getOrDefault(diffId, List.of()));
            }
            snapshots.put(key, new Snapshot(snapshot, List.copyOf(diffIds), MemoryTree.Size.of(snapshot)));
            return snapshot;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void remove(String key) {
        Snapshot snapshot = snapshots.remove(key);
        if (snapshot != null) {
            try {
                MemoryTree.remove(snapshot.root());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public synchronized void removeLayers(Set<Digest> diffIds) {
        diffIds.stream()
                .filter(diffId -> snapshots.values().stream()
                        .noneMatch(snapshot -> snapshot.lower().contains(diffId)))
                .forEach(layers::remove);
    }

    @Override
    public synchronized Set<Digest> layers() {
        return Set.copyOf(layers.keySet());
    }

    @Override
    public synchronized Set<String> snapshots() {
        return Set.copyOf(snapshots.keySet());
    }

    @Override
    public synchronized FilesystemUsage usage(String key) {
        Snapshot snapshot = snapshots.get(key);
        if (snapshot == null) {
            throw new Fault.NotFound("usage of snapshot " + key + ": there is none");
        }
        try {
            MemoryTree.Size now = MemoryTree.Size.of(snapshot.root());
            return usage(
                    Math.max(0, now.bytes() - snapshot.copied().bytes()),
                    Math.max(0, now.files() - snapshot.copied().files()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized FilesystemUsage layersUsage() {
        long bytes = layers.values().stream()
                .flatMap(List::stream)
                .mapToLong(entry -> entry.content().length)
                .sum();
        return usage(bytes, layers.values().stream().mapToLong(List::size).sum());
    }

    @Override
    public synchronized FilesystemUsage snapshotsUsage() {
        List<FilesystemUsage> each =
                snapshots.keySet().stream().map(this::usage).toList();
        return usage(
                each.stream().mapToLong(u -> u.used().value()).sum(),
                each.stream().mapToLong(FilesystemUsage::inodesUsed).sum());
    }

    private FilesystemUsage usage(long bytes, long files) {
        return new FilesystemUsage(clock.instant(), Path.of("/"), new Bytes(bytes), files);
    }
}
