/**
 * Layers kept once by diff id and writable roots on top of them, by the kernel's overlayfs. Read {@code OverlayfsSnapshotter} first;
 * {@code LayerStore} and {@code SnapshotStore} say what lies on disk. {@link
 * io.carafe.storage.overlayfs.OverlayfsStorageProvider} is the door.
 */
@NullMarked
package io.carafe.storage.overlayfs;

import org.jspecify.annotations.NullMarked;
