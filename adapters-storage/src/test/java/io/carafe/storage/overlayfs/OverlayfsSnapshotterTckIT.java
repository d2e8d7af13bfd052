package io.carafe.storage.overlayfs;

import io.carafe.ports.image.Snapshotter;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.SnapshotterTck;

class OverlayfsSnapshotterTckIT extends SnapshotterTck {
    @Override
    protected Snapshotter create(BackendContext context) {
        return new OverlayfsStorageProvider().create(context).snapshotter();
    }

    @Override
    protected void demandNothingLeft() {
        LeftBehind.demandNothing(context);
    }
}
