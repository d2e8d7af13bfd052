package io.carafe.ports.runtime;

import java.util.Map;

/** One configured handler: three roles and the truth about what it can do. All methods of all roles are safe for concurrent use. */
public interface RuntimeHandler {
    Sandboxes sandboxes();

    Containers containers();

    Execs execs();

    /**
     * What it cannot do, with the reason for each; a feature that is not named here is supported. Probed when the handler was
     * made; constant. Another handler is made and asked when its program has come or has changed.
     */
    Map<RuntimeFeature, String> missingFeatures();
}
