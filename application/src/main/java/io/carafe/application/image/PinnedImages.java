package io.carafe.application.image;

import io.carafe.domain.image.Image;
import io.carafe.domain.image.ImageReference;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The images that the kubelet's garbage collection is asked to leave alone. By their names and the present configuration, whenever
 * asked: an image gets another name without a pull of the pinned one, and a configuration changes while images stay.
 */
public final class PinnedImages {
    private volatile Set<String> references;

    public PinnedImages(Collection<ImageReference> references) {
        this.references = names(references);
    }

    /** From now on these, and no others. */
    public void replace(Collection<ImageReference> next) {
        references = names(next);
    }

    private static Set<String> names(Collection<ImageReference> references) {
        return references.stream().map(PinnedImages::name).collect(Collectors.toSet());
    }

    /** As images have it: a tag beside a digest is for people. */
    private static String name(ImageReference reference) {
        return reference.digest().map(reference::withDigest).orElseGet(reference::toString);
    }

    public boolean contains(Image image) {
        return Stream.concat(image.repoTags().stream(), image.repoDigests().stream())
                .anyMatch(references::contains);
    }
}
