package io.carafe.ports.store;

/**
 * A family of records of one shape.
 *
 * @param name lower case, the name of its folder
 * @param type a record; sealed types inside are kept with the name of their variant
 * @param version of the shape; a record of another version cannot be read
 */
public record RecordKind<T>(String name, Class<T> type, int version) {}
