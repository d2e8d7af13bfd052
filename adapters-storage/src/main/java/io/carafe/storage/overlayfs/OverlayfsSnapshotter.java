package io.carafe.storage.overlayfs;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.FilesystemUsage;
import io.carafe.linux.file.FileStatus;
import io.carafe.linux.file.TreeUsage;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.mount.MountPoint;
import io.carafe.linux.mount.MountTable;
import io.carafe.linux.mount.Mounts;
import io.carafe.linux.mount.OverlayMount;
import io.carafe.ports.image.Snapshotter;
import io.carafe.ports.spi.BackendContext;
import io.carafe.storage.content.DiskFaults;
import io.carafe.storage.unpack.LayerUnpack;
import io.carafe.storage.unpack.UnpackedLayer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Layers and snapshots in the state directory, mounted at {@code rootfs/<key>} in the run directory: a reboot forgets the mounts
 * and the directories they were on together, and keeps what was written.
 *
 * <p>The mounts are made in the daemon's mount namespace and propagate as the run directory's mount does. Where that is shared,
 * as systemd makes it, runtimes with a mount namespace of their own see them too.
 */
final class OverlayfsSnapshotter implements Snapshotter {
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final int STRIPES = 64;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,199}");

    private final Path roots;
    private final Path empty;
    private final Path mountpoint;
    private final InstantSource clock;
    private final WorkDirectory work;
    private final LayerStore layers;
    private final SnapshotStore snapshots;
    private final LayerUnpack unpacking;
    private final UsageCache usages;
    /** Guards which layers there are and which snapshots stand on them; never held over long work. */
    private final ReentrantLock index = new ReentrantLock();
    /** By key, so that two calls for one key come one after the other. */
    private final List<ReentrantLock> keyLocks =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

    OverlayfsSnapshotter(BackendContext context) {
        Path state = context.stateDirectory();
        try {
            this.roots = Files.createDirectories(context.runDirectory().resolve("rootfs"));
            this.empty = Files.createDirectories(state.resolve("empty"));
            this.clock = context.clock();
            this.work = new WorkDirectory(state.resolve("work"), context.tasks());
            this.layers = new LayerStore(state.resolve("layers"), work);
            this.snapshots = new SnapshotStore(state.resolve("snapshots"), work);
            this.unpacking = new LayerUnpack(context.tasks());
            this.usages = new UsageCache(context.tasks(), clock);
            this.mountpoint = MountTable.read()
                    .holding(state.toRealPath())
                    .map(MountPoint::path)
                    .orElse(Path.of("/"));
            work.sweep();
        } catch (IOException e) {
            throw DiskFaults.of("open the layers and snapshots in " + state, e);
        } catch (LinuxException e) {
            throw DiskFaults.of("open the layers and snapshots in " + state, e);
        }
    }

    @Override
    public boolean hasLayer(Digest diffId) {
        return layers.facts(diffId).isPresent();
    }

    @Override
    public void unpack(Descriptor descriptor, Digest diffId, InputStream compressed) throws InterruptedException {
        if (hasLayer(diffId)) {
            return;
        }
        String attempted = "keep layer " + diffId;
        Path made = work.place("layer");
        try {
            Path diff = Files.createDirectories(LayerStore.diff(made));
            UnpackedLayer unpacked = unpacking.unpack(descriptor, diffId, compressed, diff);
            LayerFacts facts = layers.complete(made, unpacked);
            index.lock();
            try {
                layers.add(diffId, made, facts);
            } finally {
                index.unlock();
            }
        } catch (IOException e) {
            throw DiskFaults.of(attempted, e);
        } catch (LinuxException e) {
            throw DiskFaults.of(attempted, e);
        } finally {
            // what failed, or was one too many
            work.discard(made);
        }
    }

    @Override
    public Path mount(String key, List<Digest> diffIds) {
        ReentrantLock lock = lock(key);
        lock.lock();
        try {
            Optional<List<Digest>> known = snapshots.lower(key);
            if (known.isPresent() && !known.get().equals(diffIds)) {
                throw new Fault.AlreadyExists("mount snapshot " + key + ": it exists and stands on other layers, "
                        + known.get() + " instead of " + diffIds);
            }
            if (known.isEmpty()) {
                create(key, diffIds);
            }
            return mounted(key, diffIds);
        } catch (IOException e) {
            throw DiskFaults.of("mount snapshot " + key, e);
        } catch (LinuxException e) {
            throw DiskFaults.of("mount snapshot " + key, e);
        } finally {
            lock.unlock();
        }
    }

    private void create(String key, List<Digest> diffIds) throws IOException {
        index.lock();
        try {
            for (Digest diffId : diffIds) {
                if (!hasLayer(diffId)) {
                    throw new Fault.NotFound("mount snapshot " + key + ": layer " + diffId
                            + " is not on this node; pull the image again");
                }
            }
            snapshots.reserve(key, diffIds);
        } finally {
            index.unlock();
        }
        boolean added = false;
        Path made = work.place("none");
        try {
            made = snapshots.make(diffIds);
            InheritedDirectories.write(visible(diffIds), SnapshotStore.upper(made));
            snapshots.add(key, made);
            added = true;
        } finally {
            if (!added) {
                snapshots.forget(key);
                work.discard(made);
            }
        }
    }

    private Path mounted(String key, List<Digest> diffIds) throws IOException {
        Path root = roots.resolve(key);
        if (isMounted(root)) {
            return root;
        }
        List<Path> lower = new ArrayList<>(
                visible(diffIds).stream().map(InheritedDirectories.Layer::diff).toList());
        if (lower.isEmpty()) {
            lower.add(empty);
        }
        Files.createDirectories(root);
        new OverlayMount(
                        lower,
                        Optional.of(new OverlayMount.Writable(snapshots.upper(key), snapshots.work(key))),
                        List.of())
                .mount(root);
        return root;
    }

    /** The layers that can be seen, topmost first. */
    private List<InheritedDirectories.Layer> visible(List<Digest> diffIds) {
        List<InheritedDirectories.Layer> visible = new ArrayList<>();
        for (Digest diffId : diffIds.reversed()) {
            LayerFacts facts = layers.facts(diffId)
                    .orElseThrow(() -> new Fault.NotFound("layer " + diffId
                            + ", which a snapshot stands on, is gone; remove the container and pull its image again"));
            InheritedDirectories.Layer layer = new InheritedDirectories.Layer(layers.diff(diffId), facts);
            // the kernel refuses to have one directory twice, and the lower one could not be seen anyway
            if (!visible.contains(layer)) {
                visible.add(layer);
            }
            if (facts.opaqueRoot()) {
                break;
            }
        }
        return visible;
    }

    @Override
    public void remove(String key) {
        ReentrantLock lock = lock(key);
        lock.lock();
        try {
            Path root = roots.resolve(key);
            while (Mounts.unmount(root)) {
                // a mount may lie on another; the last one is told by the answer
            }
            Files.deleteIfExists(root);
            Optional<Path> taken = snapshots.take(key);
            usages.forget(key);
            taken.ifPresent(work::discard);
        } catch (IOException e) {
            throw DiskFaults.of("remove snapshot " + key, e);
        } catch (LinuxException e) {
            throw DiskFaults.of("remove snapshot " + key, e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void removeLayers(Set<Digest> diffIds) {
        List<Path> taken = new ArrayList<>();
        try {
            index.lock();
            try {
                for (Digest diffId : diffIds) {
                    if (!snapshots.standsOn(diffId)) {
                        layers.take(diffId).ifPresent(taken::add);
                    }
                }
            } finally {
                index.unlock();
            }
            taken.forEach(work::discard);
        } catch (IOException e) {
            throw DiskFaults.of("remove layers " + diffIds, e);
        } catch (LinuxException e) {
            throw DiskFaults.of("remove layers " + diffIds, e);
        }
    }

    @Override
    public Set<Digest> layers() {
        return layers.all();
    }

    @Override
    public Set<String> snapshots() {
        return snapshots.keys();
    }

    @Override
    public FilesystemUsage usage(String key) {
        UsageCache.Measured measured = measured(key, PATIENCE)
                .orElseThrow(() -> new Fault.NotFound("usage of snapshot " + key + ": there is no such snapshot"));
        return usage(measured.at(), measured.usage());
    }

    @Override
    public FilesystemUsage layersUsage() {
        return usage(clock.instant(), layers.usage());
    }

    @Override
    public FilesystemUsage snapshotsUsage() {
        Instant oldest = clock.instant();
        long bytes = 0;
        long inodes = 0;
        for (String key : snapshots.keys()) {
            Optional<UsageCache.Measured> measured = measured(key, Duration.ZERO);
            if (measured.isPresent()) {
                bytes += measured.get().usage().bytes();
                inodes += measured.get().usage().inodes();
                oldest = measured.get().at().isBefore(oldest) ? measured.get().at() : oldest;
            }
        }
        return usage(oldest, new TreeUsage(bytes, inodes));
    }

    /** Empty if there is no such snapshot, or not any more. */
    private Optional<UsageCache.Measured> measured(String key, Duration patience) {
        if (snapshots.lower(key).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(usages.of(key, snapshots.upper(key), patience));
        } catch (Fault.Unavailable e) {
            if (snapshots.lower(key).isEmpty()) {
                usages.forget(key);
                return Optional.empty();
            }
            throw e;
        }
    }

    private FilesystemUsage usage(Instant at, TreeUsage usage) {
        return new FilesystemUsage(at, mountpoint, new Bytes(usage.bytes()), usage.inodes());
    }

    private static boolean isMounted(Path root) {
        return FileStatus.of(root).filter(FileStatus::mountRoot).isPresent();
    }

    private ReentrantLock lock(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new Fault.InvalidArgument("'" + key + "' cannot name a snapshot: want up to 200 letters, digits and"
                    + " _ . : @ + -, the first a letter, digit or _");
        }
        return keyLocks.get(Math.floorMod(key.hashCode(), STRIPES));
    }
}
