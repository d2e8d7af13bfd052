package io.carafe.ports.image;

import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.spi.Options;
import io.carafe.ports.store.RecordStore;
import java.util.Set;

/** Makes what shares one root directory, one fsync rule and one lock. The rules are those of RuntimeHandlerProvider. */
public interface StorageProvider {
    String name();

    Set<String> optionNames();

    Availability availability(Options options);

    Storage create(BackendContext context);

    /** The ports of one storage. */
    record Storage(Snapshotter snapshotter, RootFiles rootFiles, ImageConfigs imageConfigs, RecordStore records) {}
}
