package io.carafe.storage.overlayfs;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Snapshots: {@code snapshots/<key>/} with overlayfs' {@code upper/} and {@code work/}, and in {@code lower} the diff ids it stands
 * on, bottom first, after a line that says how many they are. A snapshot is made elsewhere and comes here by a rename. It is not
 * synced: after a power cut its container is dead, and a snapshot whose list is torn is swept.
 *
 * <p>Concurrency: safe for distinct keys.
 */
final class SnapshotStore {
    private static final String LOWER = "lower";

    private final Path root;
    private final WorkDirectory work;
    private final Map<String, List<Digest>> snapshots = new ConcurrentHashMap<>();

    SnapshotStore(Path root, WorkDirectory work) throws IOException {
        this.root = Files.createDirectories(root);
        this.work = work;
        List<Path> found;
        try (Stream<Path> children = Files.list(root)) {
            found = children.toList();
        }
        for (Path snapshot : found) {
            Optional<List<Digest>> lower = readLower(snapshot);
            if (lower.isPresent()) {
                snapshots.put(snapshot.getFileName().toString(), lower.get());
            } else {
                Files.move(snapshot, work.place("torn-snapshot"), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    Set<String> keys() {
        return Set.copyOf(snapshots.keySet());
    }

    Optional<List<Digest>> lower(String key) {
        return Optional.ofNullable(snapshots.get(key));
    }

    boolean standsOn(Digest diffId) {
        return snapshots.values().stream().anyMatch(lower -> lower.contains(diffId));
    }

    Path upper(String key) {
        return upper(root.resolve(key));
    }

    static Path upper(Path snapshot) {
        return snapshot.resolve("upper");
    }

    Path work(String key) {
        return root.resolve(key).resolve("work");
    }

    /** From here on the layers cannot be removed; undone by {@link #forget}, done by {@link #add}. */
    void reserve(String key, List<Digest> lower) {
        snapshots.put(key, List.copyOf(lower));
    }

    void forget(String key) {
        snapshots.remove(key);
    }

    /** A new snapshot in the work directory. */
    Path make(List<Digest> lower) throws IOException {
        Path made = work.make("snapshot");
        Files.createDirectory(upper(made));
        Files.createDirectory(made.resolve("work"));
        List<String> lines = new ArrayList<>();
        lines.add(Integer.toString(lower.size()));
        lower.forEach(diffId -> lines.add(diffId.value()));
        Files.write(made.resolve(LOWER), lines);
        return made;
    }

    void add(String key, Path made) throws IOException {
        Files.move(made, root.resolve(key), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes a snapshot out and answers where its files, to be removed, are now. */
    Optional<Path> take(String key) throws IOException {
        if (!snapshots.containsKey(key)) {
            return Optional.empty();
        }
        Path removed = work.place("removed-snapshot");
        Files.move(root.resolve(key), removed, StandardCopyOption.ATOMIC_MOVE);
        snapshots.remove(key);
        return Optional.of(removed);
    }

    private static Optional<List<Digest>> readLower(Path snapshot) {
        try {
            List<String> lines = Files.readAllLines(snapshot.resolve(LOWER));
            List<Digest> lower = lines.stream().skip(1).map(Digest::new).toList();
            boolean whole = !lines.isEmpty() && lines.getFirst().equals(Integer.toString(lower.size()));
            return whole ? Optional.of(lower) : Optional.empty();
        } catch (IOException | Fault.InvalidArgument e) {
            return Optional.empty();
        }
    }
}
