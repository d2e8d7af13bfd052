package io.carafe.assembly.config;

import java.util.Map;
import java.util.TreeMap;

/** What a key of the files says: a value, or a table of further keys. */
sealed interface Setting {
    Origin origin();

    /** @param value a String, Long, Boolean, TomlArray, … as the parser gives it */
    record Value(Object value, Origin origin) implements Setting {}

    /** @param entries by key, sorted */
    record Table(Map<String, Setting> entries, Origin origin) implements Setting {
        static Table empty(Origin origin) {
            return new Table(Map.of(), origin);
        }

        /** This table with {@code later} laid over it: tables are merged, anything else is replaced. */
        Table overlaid(Table later) {
            Map<String, Setting> merged = new TreeMap<>(entries);
            later.entries.forEach((key, setting) -> merged.merge(
                    key,
                    setting,
                    (below, above) -> below instanceof Table lower && above instanceof Table upper
                            ? lower.overlaid(upper)
                            : above));
            return new Table(merged, later.origin);
        }
    }
}
