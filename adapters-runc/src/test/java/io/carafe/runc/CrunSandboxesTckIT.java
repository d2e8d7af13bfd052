package io.carafe.runc;

import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.SandboxesTck;

class CrunSandboxesTckIT extends SandboxesTck {
    @Override
    protected HandlerKit kit() {
        return Kits.crun();
    }
}
