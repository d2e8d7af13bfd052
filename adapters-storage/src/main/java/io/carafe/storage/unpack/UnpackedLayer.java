package io.carafe.storage.unpack;

import java.util.List;

/**
 * What is to be known of a layer beside its files.
 *
 * @param implicitDirectories paths of directories that the archive does not describe but has files in, sorted; "" is the root.
 *     Their owner and mode are those of lower layers.
 * @param opaqueRoot nothing of lower layers is to be seen
 */
public record UnpackedLayer(List<String> implicitDirectories, boolean opaqueRoot) {
    public UnpackedLayer {
        implicitDirectories = List.copyOf(implicitDirectories);
    }
}
