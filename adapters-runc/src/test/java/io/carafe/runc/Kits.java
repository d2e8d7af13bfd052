package io.carafe.runc;

import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.tck.runtime.HandlerKit;
import java.util.Map;

/** The handlers under test. */
final class Kits {
    private static final Map<RuntimeFeature, String> MISSING = Map.of(
            RuntimeFeature.CHECKPOINT, "not made",
            RuntimeFeature.USER_NAMESPACES, "not made",
            RuntimeFeature.PAUSE, "the port has none");

    private Kits() {}

    static HandlerKit runc() {
        return new HandlerKit(new RuncProvider(), Map.of(), MISSING);
    }
}
