package io.carafe.ports.tck.runtime;

import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import java.util.Map;

/**
 * What is under test.
 *
 * @param options as a {@code [handlers.NAME]} section would give them
 * @param missing features that the handler must report as missing here, with the reason why that is right; tests that need one
 *     check that it is named, and no more
 */
public record HandlerKit(
        RuntimeHandlerProvider provider, Map<String, String> options, Map<RuntimeFeature, String> missing) {
    public HandlerKit {
        options = Map.copyOf(options);
        missing = Map.copyOf(missing);
    }
}
