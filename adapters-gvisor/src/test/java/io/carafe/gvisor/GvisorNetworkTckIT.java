package io.carafe.gvisor;

import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.SandboxesTck;

/** With gVisor's own network stack. */
class GvisorNetworkTckIT extends SandboxesTck {
    @Override
    protected HandlerKit kit() {
        return Kits.sandbox();
    }
}
