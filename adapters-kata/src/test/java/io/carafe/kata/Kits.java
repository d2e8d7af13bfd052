package io.carafe.kata;

import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.tck.runtime.HandlerKit;
import java.util.Map;

/** The handlers under test. */
final class Kits {
    static final String RUNC_SHIM = "/usr/bin/containerd-shim-runc-v2";

    private static final Map<RuntimeFeature, String> MISSING = Map.of(
            RuntimeFeature.CHECKPOINT, "not made",
            RuntimeFeature.USER_NAMESPACES, "not made",
            RuntimeFeature.PAUSE, "the port has none");

    private Kits() {}

    static HandlerKit runcShim() {
        return new HandlerKit(new ShimProvider(), Map.of("path", RUNC_SHIM), MISSING);
    }
}
