package io.carafe.domain.sandbox;

import java.util.Map;

/**
 * The handler a pod was started with, options and all, so that it can be stopped and removed after the handler was changed or
 * taken out of the configuration.
 *
 * @param name the CRI runtime handler
 * @param provider the provider's name
 * @param providerDigest digest of the JAR the provider came from, empty where unknown
 * @param options the options in force
 */
public record HandlerBinding(String name, String provider, String providerDigest, Map<String, String> options) {
    public HandlerBinding {
        options = Map.copyOf(options);
    }
}
