package io.carafe.ports.image;

import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import io.carafe.domain.resource.FilesystemUsage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Unpacked layers, each kept once by its diff id, and writable root file systems on top of them.
 *
 * <p>Terms: a <em>layer</em> is committed and never changes; a <em>snapshot</em> is a writable directory over a list of layers,
 * named by a key (the container's id). Concurrency: safe for distinct keys; of two unpacks of one diff id both succeed and one
 * is kept. Crash: afterwards there is no such layer or snapshot, or a complete one; partial ones are swept at start.
 *
 * <p>Source: image-spec v1.1 layer.md.
 */
public interface Snapshotter {
    boolean hasLayer(Digest diffId);

    /**
     * Unpacks a layer while it is read, gzip, zstd or plain as its first bytes say, and keeps it if the uncompressed bytes have
     * the diff id. Idempotent. A name with {@code ..} in it is refused; links in a name's parents are followed inside the layer.
     *
     * @throws io.carafe.domain.fault.Fault.Corrupt if the diff id does not match, or the archive is broken or hostile
     * @throws io.carafe.domain.fault.Fault.Unsupported if the media type is not that of a tar archive
     * @throws io.carafe.domain.fault.Fault.Exhausted if the disk is full
     * @throws io.carafe.domain.fault.Fault.Unavailable if the stream broke
     */
    void unpack(Descriptor descriptor, Digest diffId, InputStream compressed) throws InterruptedException;

    /**
     * Makes a snapshot and mounts it; answers the mounted root. Idempotent: an existing one is mounted again if it is not.
     *
     * @param key up to 200 letters, digits and {@code _ . : @ + -}, the first a letter, digit or {@code _}
     * @throws io.carafe.domain.fault.Fault.NotFound if a layer is missing
     * @throws io.carafe.domain.fault.Fault.AlreadyExists if there is a snapshot of that key on other layers
     * @throws io.carafe.domain.fault.Fault.InvalidArgument if {@code key} is not such a name
     */
    Path mount(String key, List<Digest> diffIds);

    /** Unmounts and removes the snapshot. Idempotent. */
    void remove(String key);

    /** Removes layers. Idempotent. A layer that a snapshot stands on is kept. */
    void removeLayers(Set<Digest> diffIds);

    /** All complete layers, for garbage collection. */
    Set<Digest> layers();

    /** All snapshot keys, for garbage collection. */
    Set<String> snapshots();

    /**
     * What the writable part of a snapshot takes. May be a cached figure with its own time.
     *
     * @throws io.carafe.domain.fault.Fault.NotFound if there is no such snapshot
     */
    FilesystemUsage usage(String key);

    /** What layers and, separately, snapshots take together. May be a cached figure with its own time. */
    FilesystemUsage layersUsage();

    FilesystemUsage snapshotsUsage();
}
