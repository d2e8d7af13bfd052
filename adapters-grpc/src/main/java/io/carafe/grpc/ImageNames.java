package io.carafe.grpc;

import io.carafe.domain.container.Container;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Image;
import io.carafe.domain.image.ImageReference;
import java.util.List;

/**
 * How a container's image is shown.
 *
 * @param name for people: the tag they wrote where the image has it, else one that it has, else what was asked for
 * @param reference "digested reference to the image in use": with the manifest's digest where it is known, else the id
 */
record ImageNames(String name, String reference) {
    static ImageNames of(Container container) {
        return new ImageNames(container.config().image(), container.imageId().toString());
    }

    static ImageNames of(Container container, Image image) {
        return new ImageNames(
                name(container, image.repoTags()),
                image.repoDigests().stream()
                        .findFirst()
                        .orElse(container.imageId().toString()));
    }

    private static String name(Container container, List<String> tags) {
        String written = normalised(container.config().userSpecifiedImage());
        if (tags.contains(written)) {
            return written;
        }
        return tags.stream().findFirst().orElse(container.config().image());
    }

    private static String normalised(String text) {
        try {
            return ImageReference.parse(text).toString();
        } catch (Fault.InvalidArgument _) {
            return text; // what a person wrote, or nothing: it then is not among the tags
        }
    }
}
