package io.carafe.assembly.reload;

import io.carafe.ports.store.RecordKind;
import io.carafe.ports.store.RecordStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A store that keeps nothing: the inventory has what was saved, and some ids have records that cannot be read. */
final class ScriptedRecords implements RecordStore {
    private final Set<String> unreadable = new HashSet<>();

    void setAside(String id) {
        unreadable.add(id);
    }

    @Override
    public <T> void save(RecordKind<T> kind, String id, T value) {}

    @Override
    public void delete(RecordKind<?> kind, String id) {}

    @Override
    public <T> Loaded<T> load(RecordKind<T> kind) {
        return new Loaded<>(Map.of(), List.of());
    }

    @Override
    public List<String> quarantined() {
        return List.copyOf(unreadable);
    }

    @Override
    public Set<String> quarantinedIds(RecordKind<?> kind) {
        return Set.copyOf(unreadable);
    }
}
