package io.carafe.application.image;

import io.carafe.domain.resource.FilesystemUsage;
import io.carafe.ports.image.Snapshotter;

/** CRI ImageFsInfo: what images and the writable layers of containers take on disk. */
public final class ImageFsInfo {
    private final Snapshotter snapshotter;

    public ImageFsInfo(Snapshotter snapshotter) {
        this.snapshotter = snapshotter;
    }

    public FilesystemUsage images() {
        return snapshotter.layersUsage();
    }

    public FilesystemUsage containers() {
        return snapshotter.snapshotsUsage();
    }
}
