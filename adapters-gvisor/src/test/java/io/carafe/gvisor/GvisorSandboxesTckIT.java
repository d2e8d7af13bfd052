package io.carafe.gvisor;

import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.SandboxesTck;

class GvisorSandboxesTckIT extends SandboxesTck {
    @Override
    protected HandlerKit kit() {
        return Kits.host();
    }
}
