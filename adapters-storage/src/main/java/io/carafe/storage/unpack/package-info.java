/**
 * Layers: a compressed tar archive becomes a directory that overlayfs understands. Read {@link
 * io.carafe.storage.unpack.LayerUnpack} first. One thread decompresses and hashes ({@code LayerStream}), one parses ({@code
 * TarReader}) and writes ({@code LayerWriter}).
 *
 * <p>Source: image-spec v1.1 layer.md; POSIX pax; GNU tar manual, "Basic Tar Format" and "Sparse Formats"; kernel
 * Documentation/filesystems/overlayfs.rst.
 */
@NullMarked
package io.carafe.storage.unpack;

import org.jspecify.annotations.NullMarked;
