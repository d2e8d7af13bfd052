package io.carafe.storage.overlayfs;

import com.google.auto.service.AutoService;
import io.carafe.ports.image.StorageProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.spi.Options;
import io.carafe.storage.content.FileImageConfigs;
import io.carafe.storage.content.FileRootFiles;
import io.carafe.storage.records.FileRecordStore;
import java.nio.file.Path;
import java.util.Set;

/** Storage in the state directory: overlayfs snapshots, and records as files. It has no options. */
@AutoService(StorageProvider.class)
public final class OverlayfsStorageProvider implements StorageProvider {
    @Override
    public String name() {
        return "overlayfs";
    }

    @Override
    public Set<String> optionNames() {
        return Set.of();
    }

    @Override
    public Availability availability(Options options) {
        return OverlayProbe.kernel(Path.of("/proc"), Path.of("/lib/modules"));
    }

    /** @throws io.carafe.domain.fault.Fault.Unsupported if the state directory's file system cannot hold snapshots */
    @Override
    public Storage create(BackendContext context) {
        OverlayProbe.demandUpper(context.stateDirectory());
        return new Storage(
                new OverlayfsSnapshotter(context),
                new FileRootFiles(),
                new FileImageConfigs(),
                new FileRecordStore(context.stateDirectory().resolve("records")));
    }
}
