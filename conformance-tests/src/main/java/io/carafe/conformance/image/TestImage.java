package io.carafe.conformance.image;

import java.util.List;

/**
 * An image in the test registry.
 *
 * @param repository host, port and path, as a reference begins
 * @param tags the tags it was pushed under, in order; never empty
 * @param digest of the manifest, or of the index where there is one
 */
public record TestImage(String repository, List<String> tags, String digest) {
    public TestImage {
        tags = List.copyOf(tags);
    }

    /** Repository and first tag. */
    public String reference() {
        return reference(tags.getFirst());
    }

    public String reference(String tag) {
        return repository + ":" + tag;
    }

    /** Repository and digest: the reference that pins it. */
    public String pinned() {
        return repository + "@" + digest;
    }

    public List<String> references() {
        return tags.stream().map(this::reference).toList();
    }
}
