package io.carafe.runc;

import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.SandboxesTck;

class RuncSandboxesTckIT extends SandboxesTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runc();
    }
}
