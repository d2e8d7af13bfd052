package io.carafe.storage.content;

import io.carafe.ports.image.RootFiles;
import io.carafe.ports.tck.RootFilesTck;

class FileRootFilesTckTest extends RootFilesTck {
    @Override
    protected RootFiles create() {
        return new FileRootFiles();
    }
}
