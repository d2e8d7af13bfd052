package io.carafe.domain.container;

import java.util.List;

/** Capabilities to add to and drop from the default set, without the CAP_ prefix or with it; "ALL" is legal. */
public record Capabilities(List<String> add, List<String> drop, List<String> addAmbient) {
    public static final Capabilities DEFAULT = new Capabilities(List.of(), List.of(), List.of());

    public Capabilities {
        add = List.copyOf(add);
        drop = List.copyOf(drop);
        addAmbient = List.copyOf(addAmbient);
    }
}
