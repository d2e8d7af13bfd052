package io.carafe.ports.store;

import java.util.Set;

/**
 * A family of records of one shape.
 *
 * @param name lower case, the name of its folder
 * @param type a record; sealed types inside are kept with the name of their variant
 * @param version of the shape; a record of another version cannot be read
 * @param former components of {@code type} that it had once: records that still have them are read without
 */
public record RecordKind<T>(String name, Class<T> type, int version, Set<String> former) {
    public RecordKind {
        former = Set.copyOf(former);
    }

    public RecordKind(String name, Class<T> type, int version) {
        this(name, type, version, Set.of());
    }
}
