package io.carafe.conformance.image;

import java.util.List;

/** An image and the tags that it is pushed under. */
record Picture(BuiltImage image, List<String> tags) {
    static Picture of(BuiltImage image) {
        return new Picture(image, List.of("1"));
    }
}
