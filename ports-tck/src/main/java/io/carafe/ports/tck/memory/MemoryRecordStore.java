package io.carafe.ports.tck.memory;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.store.RecordKind;
import io.carafe.ports.store.RecordStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Records in a map. It outlives what uses it, as a disk does: give the same one to the next start. */
public final class MemoryRecordStore implements RecordStore {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,199}");

    private final Map<String, Map<String, Object>> kinds = new ConcurrentHashMap<>();
    private final List<String> quarantined = new CopyOnWriteArrayList<>();

    @Override
    public <T> void save(RecordKind<T> kind, String id, T value) {
        records(kind).put(safe(id), value);
    }

    @Override
    public void delete(RecordKind<?> kind, String id) {
        records(kind).remove(safe(id));
    }

    /** A value of another type than the kind's is what a torn file is to a disk. */
    @Override
    public <T> Loaded<T> load(RecordKind<T> kind) {
        Map<String, Object> records = records(kind);
        List<String> unreadable = records.entrySet().stream()
                .filter(record -> !kind.type().isInstance(record.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        unreadable.forEach(records::remove);
        List<String> reasons = unreadable.stream()
                .map(id ->
                        kind.name() + "/" + id + ": it is not a " + kind.type().getSimpleName())
                .toList();
        quarantined.addAll(reasons);
        return new Loaded<>(
                records.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, record -> kind.type().cast(record.getValue()))),
                reasons);
    }

    @Override
    public List<String> quarantined() {
        return List.copyOf(quarantined);
    }

    @Override
    public Set<String> quarantinedIds(RecordKind<?> kind) {
        String prefix = kind.name() + "/";
        return quarantined.stream()
                .filter(shown -> shown.startsWith(prefix))
                .map(shown -> shown.substring(prefix.length(), shown.lastIndexOf(": it is not a ")))
                .collect(Collectors.toSet());
    }

    /** Makes a record unreadable, for tests. */
    public void corrupt(RecordKind<?> kind, String id) {
        records(kind).put(safe(id), new Object());
    }

    private Map<String, Object> records(RecordKind<?> kind) {
        return kinds.computeIfAbsent(safe(kind.name()), _ -> new ConcurrentHashMap<>());
    }

    private static String safe(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new Fault.InvalidArgument("'" + name + "' cannot name a record");
        }
        return name;
    }
}
