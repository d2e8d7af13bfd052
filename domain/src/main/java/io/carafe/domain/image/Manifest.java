package io.carafe.domain.image;

import java.util.List;

/** An image manifest of one platform: its configuration and its layers, bottom first. */
public record Manifest(Digest digest, Descriptor config, List<Descriptor> layers) {
    public Manifest {
        layers = List.copyOf(layers);
    }
}
