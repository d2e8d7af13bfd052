package io.carafe.ports.tck.memory;

import io.carafe.ports.image.RootFiles;
import io.carafe.ports.tck.RootFilesTck;

class MemoryRootFilesTckTest extends RootFilesTck {
    @Override
    protected RootFiles create() {
        return new MemoryRootFiles();
    }
}
