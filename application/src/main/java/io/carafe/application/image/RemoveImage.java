package io.carafe.application.image;

import io.carafe.domain.image.Image;
import java.util.Optional;

/**
 * CRI RemoveImage: removes the image with all its names, whichever of them was given, and the layers that nothing else needs.
 *
 * <p>Idempotent: an unknown image is no error. Containers made of it run on.
 */
public final class RemoveImage {
    private final Images images;
    private final LayerCollector collector;

    public RemoveImage(Images images, LayerCollector collector) {
        this.images = images;
        this.collector = collector;
    }

    public void remove(String text) {
        Optional<Image> image = images.find(text);
        if (image.isPresent()) {
            images.remove(image.get().id());
            collector.collect();
        }
    }
}
