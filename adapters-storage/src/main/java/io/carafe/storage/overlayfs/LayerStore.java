package io.carafe.storage.overlayfs;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Digest;
import io.carafe.linux.file.Durability;
import io.carafe.linux.file.TreeUsage;
import io.carafe.linux.libc.OwnThread;
import io.carafe.storage.unpack.UnpackedLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Complete layers: {@code layers/<hex of the diff id>/} with the files in {@code diff/} and {@link LayerFacts}. A layer is made
 * elsewhere, synced, and comes here by a rename: if it is here it is complete, also after a power cut.
 *
 * <p>Concurrency: {@link #add} and {@link #take} under the snapshotter's lock; the rest at any time.
 */
final class LayerStore {
    private static final int SHA256_LENGTH = 64;

    private final Path root;
    private final WorkDirectory work;
    private final FileSystemSync sync;
    private final Map<Digest, LayerFacts> layers = new ConcurrentHashMap<>();

    LayerStore(Path root, WorkDirectory work) throws IOException {
        this.root = Files.createDirectories(root);
        this.work = work;
        this.sync = new FileSystemSync(root);
        List<Path> found;
        try (Stream<Path> children = Files.list(root)) {
            found = children.toList();
        }
        for (Path layer : found) {
            load(layer);
        }
    }

    private void load(Path layer) throws IOException {
        String hex = layer.getFileName().toString();
        try {
            Digest diffId = new Digest((hex.length() == SHA256_LENGTH ? "sha256:" : "sha512:") + hex);
            layers.put(diffId, LayerFacts.read(layer));
        } catch (IOException | Fault.InvalidArgument e) {
            // a disk that lost what it had said was written; the layer can be pulled again
            Files.move(layer, work.place("broken-layer"), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    Set<Digest> all() {
        return Set.copyOf(layers.keySet());
    }

    Optional<LayerFacts> facts(Digest diffId) {
        return Optional.ofNullable(layers.get(diffId));
    }

    Path diff(Digest diffId) {
        return diff(place(diffId));
    }

    static Path diff(Path layer) {
        return layer.resolve("diff");
    }

    /** Completes a layer that was unpacked into a directory of the work directory: facts, and all of it on disk. */
    LayerFacts complete(Path made, UnpackedLayer unpacked) throws IOException, InterruptedException {
        TreeUsage usage = OwnThread.<TreeUsage, RuntimeException>call("measure-layer", () -> TreeUsage.of(diff(made)));
        LayerFacts facts =
                new LayerFacts(usage.bytes(), usage.inodes(), unpacked.implicitDirectories(), unpacked.opaqueRoot());
        facts.write(made);
        sync.sync();
        return facts;
    }

    /** Takes in a complete layer; false if there is one of that diff id already, and {@code made} stays where it is. */
    boolean add(Digest diffId, Path made, LayerFacts facts) throws IOException {
        if (layers.containsKey(diffId)) {
            return false;
        }
        Files.move(made, place(diffId), StandardCopyOption.ATOMIC_MOVE);
        Durability.syncDirectory(root);
        layers.put(diffId, facts);
        return true;
    }

    /** Takes a layer out and answers where its files, to be removed, are now. */
    Optional<Path> take(Digest diffId) throws IOException {
        if (!layers.containsKey(diffId)) {
            return Optional.empty();
        }
        Path removed = work.place("removed-layer");
        Files.move(place(diffId), removed, StandardCopyOption.ATOMIC_MOVE);
        layers.remove(diffId);
        return Optional.of(removed);
    }

    /** What all layers take. */
    TreeUsage usage() {
        return new TreeUsage(
                layers.values().stream().mapToLong(LayerFacts::bytes).sum(),
                layers.values().stream().mapToLong(LayerFacts::inodes).sum());
    }

    private Path place(Digest diffId) {
        return root.resolve(diffId.hex());
    }
}
