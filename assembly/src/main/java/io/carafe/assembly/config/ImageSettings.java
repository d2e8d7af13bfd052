package io.carafe.assembly.config;

import java.util.List;

/**
 * @param maxConcurrentLayers how many layers of one image are fetched at once
 * @param pinned image references that the kubelet is asked to keep
 */
public record ImageSettings(int maxConcurrentLayers, List<String> pinned) {
    public ImageSettings {
        pinned = List.copyOf(pinned);
    }
}
