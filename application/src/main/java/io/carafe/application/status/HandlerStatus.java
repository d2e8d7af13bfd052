package io.carafe.application.status;

import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.spi.Availability;
import java.util.Map;

/**
 * What there is to know of a configured handler.
 *
 * @param isDefault whether pods that name no handler have it
 * @param missingFeatures with the handler's own reasons; empty where it cannot be used, since then nothing is known
 */
public record HandlerStatus(
        String name,
        String provider,
        boolean isDefault,
        Availability availability,
        Map<RuntimeFeature, String> missingFeatures) {
    public HandlerStatus {
        missingFeatures = Map.copyOf(missingFeatures);
    }

    public boolean isUsable() {
        return availability instanceof Availability.Available;
    }
}
