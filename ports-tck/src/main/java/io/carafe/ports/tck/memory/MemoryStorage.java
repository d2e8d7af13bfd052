package io.carafe.ports.tck.memory;

import io.carafe.ports.image.StorageProvider;
import io.carafe.ports.spi.BackendContext;

/** The ports of a storage that needs neither root nor overlayfs. Snapshots lie in the context's state directory. */
public record MemoryStorage(
        MemorySnapshotter snapshotter,
        MemoryRootFiles rootFiles,
        MemoryImageConfigs imageConfigs,
        MemoryRecordStore records) {
    public static MemoryStorage in(BackendContext context) {
        return new MemoryStorage(
                new MemorySnapshotter(context.stateDirectory().resolve("snapshots"), context.clock()),
                new MemoryRootFiles(),
                new MemoryImageConfigs(),
                new MemoryRecordStore());
    }

    /** As a provider would answer it. */
    public StorageProvider.Storage ports() {
        return new StorageProvider.Storage(snapshotter, rootFiles, imageConfigs, records);
    }
}
