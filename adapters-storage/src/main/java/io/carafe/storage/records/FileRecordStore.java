package io.carafe.storage.records;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.store.RecordKind;
import io.carafe.ports.store.RecordStore;
import io.carafe.storage.content.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Records as {@code <root>/<kind>/<id>.json}.
 *
 * <p>Crash: a record is on disk when {@code save} returns, and gone from it when {@code delete} returns, also if the power fails.
 * Concurrency: of two saves of one id at the same time either may be the later one.
 */
public final class FileRecordStore implements RecordStore {
    private static final String SUFFIX = ".json";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,199}");

    private final Path root;
    private final RecordFormat format = new RecordFormat();
    private final Quarantine quarantine;
    private final Map<String, RecordDirectory> directories = new ConcurrentHashMap<>();

    /** @param root a directory of this store alone; made if it is missing */
    public FileRecordStore(Path root) {
        this.root = root;
        try {
            Files.createDirectories(root);
            this.quarantine = new Quarantine(root);
        } catch (IOException e) {
            throw DiskFaults.of("open the records in " + root, e);
        }
    }

    @Override
    public <T> void save(RecordKind<T> kind, String id, T value) {
        String name = fileName(id);
        byte[] content = format.encode(kind, value);
        try {
            directory(kind).replace(name, content);
        } catch (IOException e) {
            throw DiskFaults.of("save " + kind.name() + " record " + id + " in " + root, e);
        }
    }

    @Override
    public void delete(RecordKind<?> kind, String id) {
        try {
            directory(kind).delete(fileName(id));
        } catch (IOException e) {
            throw DiskFaults.of("delete " + kind.name() + " record " + id + " in " + root, e);
        }
    }

    @Override
    public <T> Loaded<T> load(RecordKind<T> kind) {
        try {
            RecordDirectory directory = directory(kind);
            Map<String, T> values = new HashMap<>();
            List<String> setAside = new ArrayList<>();
            for (Path file : directory.matching("[!.]*" + SUFFIX)) {
                String name = file.getFileName().toString();
                try {
                    values.put(
                            name.substring(0, name.length() - SUFFIX.length()),
                            format.decode(kind, Files.readAllBytes(file)));
                } catch (RecordFormat.Unreadable e) {
                    setAside.add(quarantine.setAside(directory, file, String.valueOf(e.getMessage())));
                } catch (NoSuchFileException e) {
                    values.remove(name); // deleted since the folder was listed
                } catch (IOException e) {
                    setAside.add(quarantine.setAside(directory, file, "it cannot be read: " + e.getMessage()));
                }
            }
            return new Loaded<>(values, setAside);
        } catch (IOException e) {
            throw DiskFaults.of("load " + kind.name() + " records in " + root, e);
        }
    }

    @Override
    public List<String> quarantined() {
        return quarantine.list();
    }

    @Override
    public Set<String> quarantinedIds(RecordKind<?> kind) {
        return quarantine.files(root.resolve(kind.name())).stream()
                .map(name -> name.substring(0, name.lastIndexOf(SUFFIX)))
                .collect(Collectors.toSet());
    }

    private RecordDirectory directory(RecordKind<?> kind) throws IOException {
        RecordDirectory known = directories.get(kind.name());
        if (known != null) {
            return known;
        }
        // two threads may both get here before the first record of a kind is written; both see the same folder
        synchronized (directories) {
            RecordDirectory made = directories.get(kind.name());
            if (made == null) {
                made = new RecordDirectory(root.resolve(safe(kind.name())));
                directories.put(kind.name(), made);
            }
            return made;
        }
    }

    private static String fileName(String id) {
        return safe(id) + SUFFIX;
    }

    private static String safe(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new Fault.InvalidArgument("'" + name + "' cannot name a record: want up to 200 letters, digits and"
                    + " _ . : @ + -, the first a letter, digit or _");
        }
        return name;
    }
}
