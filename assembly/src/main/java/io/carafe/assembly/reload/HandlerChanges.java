package io.carafe.assembly.reload;

import io.carafe.application.handler.ConfiguredHandler;
import io.carafe.application.handler.HandlerTable;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a reload did to handlers.
 *
 * @param changed those with other options, another provider or another JAR of it
 */
record HandlerChanges(Set<String> added, Set<String> changed, Set<String> removed) {
    static HandlerChanges between(HandlerTable before, HandlerTable after) {
        var added = new TreeSet<>(after.byName().keySet());
        added.removeAll(before.byName().keySet());
        var removed = new TreeSet<>(before.byName().keySet());
        removed.removeAll(after.byName().keySet());
        var changed = new TreeSet<String>();
        after.byName().forEach((name, handler) -> {
            ConfiguredHandler old = before.byName().get(name);
            if (old != null && !old.binding().equals(handler.binding())) {
                changed.add(name);
            }
        });
        return new HandlerChanges(added, changed, removed);
    }
}
