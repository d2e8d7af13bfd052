package io.carafe.registry.auth;

import java.util.Map;
import java.util.Optional;

/**
 * One way in which a server wants to be convinced.
 *
 * @param scheme in lower case: "basic", "bearer"
 * @param parameters names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
    Challenge {
        parameters = Map.copyOf(parameters);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }
}
