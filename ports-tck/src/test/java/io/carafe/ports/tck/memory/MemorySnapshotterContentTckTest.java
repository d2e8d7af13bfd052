package io.carafe.ports.tck.memory;

import io.carafe.ports.image.Snapshotter;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.SnapshotterContentTck;
import java.util.HashMap;
import java.util.Map;

class MemorySnapshotterContentTckTest extends SnapshotterContentTck {
    private final Map<BackendContext, Snapshotter> disks = new HashMap<>();

    @Override
    protected Snapshotter create(BackendContext context) {
        return disks.computeIfAbsent(context, c -> MemoryStorage.in(c).ports().snapshotter());
    }
}
