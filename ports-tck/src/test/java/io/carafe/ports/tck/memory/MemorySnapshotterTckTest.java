package io.carafe.ports.tck.memory;

import io.carafe.ports.image.Snapshotter;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.SnapshotterTck;
import java.util.HashMap;
import java.util.Map;

class MemorySnapshotterTckTest extends SnapshotterTck {
    private final Map<BackendContext, Snapshotter> disks = new HashMap<>();

    @Override
    protected Snapshotter create(BackendContext context) {
        return disks.computeIfAbsent(context, c -> MemoryStorage.in(c).ports().snapshotter());
    }
}
