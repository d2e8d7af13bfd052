package io.carafe.ports.store;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Small records, each replaced as a whole.
 *
 * <p>Shape: an id is up to 200 letters, digits and {@code _ . : @ + -}, the first a letter, digit or {@code _}; others are
 * refused with {@code Fault.InvalidArgument}. Concurrency: safe; of two saves of one id the later wins. Crash: after a save has returned the record is on disk; a save
 * that was cut off leaves the old record or the new one, never a torn one.
 */
public interface RecordStore {
    <T> void save(RecordKind<T> kind, String id, T value);

    /** Idempotent. */
    void delete(RecordKind<?> kind, String id);

    /** Reads all of a kind. What cannot be read is set aside under another name, reported, and not seen again. */
    <T> Loaded<T> load(RecordKind<T> kind);

    /** Names and reasons of all records that were set aside, from earlier starts too, until a person removes the files. */
    List<String> quarantined();

    /** The ids of a kind's records that were set aside, as long as {@link #quarantined} names them. */
    Set<String> quarantinedIds(RecordKind<?> kind);

    /** @param values by id */
    record Loaded<T>(Map<String, T> values, List<String> quarantined) {
        public Loaded {
            values = Map.copyOf(values);
            quarantined = List.copyOf(quarantined);
        }
    }
}
