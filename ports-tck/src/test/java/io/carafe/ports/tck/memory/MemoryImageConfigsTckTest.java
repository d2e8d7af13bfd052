package io.carafe.ports.tck.memory;

import io.carafe.ports.image.ImageConfigs;
import io.carafe.ports.tck.ImageConfigsTck;

class MemoryImageConfigsTckTest extends ImageConfigsTck {
    @Override
    protected ImageConfigs create() {
        return new MemoryImageConfigs();
    }
}
