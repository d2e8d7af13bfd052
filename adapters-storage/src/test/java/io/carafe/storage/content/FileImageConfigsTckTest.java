package io.carafe.storage.content;

import io.carafe.ports.image.ImageConfigs;
import io.carafe.ports.tck.ImageConfigsTck;

class FileImageConfigsTckTest extends ImageConfigsTck {
    @Override
    protected ImageConfigs create() {
        return new FileImageConfigs();
    }
}
