package io.carafe.domain.spec;

import java.util.List;

/** A mount in the container, as mount(8) words. */
public record OciMount(String destination, String type, String source, List<String> options) {
    public OciMount {
        options = List.copyOf(options);
    }
}
