package io.carafe.application.handler;

import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What one reading of the configuration says about handlers. Immutable, so that whoever holds one sees it whole.
 *
 * @param defaultName the handler of pods that name none
 * @param byName in the order of their names
 */
public record HandlerTable(String defaultName, SequencedMap<String, ConfiguredHandler> byName) {
    public HandlerTable {
        byName = Collections.unmodifiableSequencedMap(new TreeMap<>(byName));
    }

    public static HandlerTable of(String defaultName, List<ConfiguredHandler> handlers) {
        SequencedMap<String, ConfiguredHandler> byName = new TreeMap<>();
        handlers.forEach(handler -> byName.put(handler.name(), handler));
        return new HandlerTable(defaultName, byName);
    }
}
