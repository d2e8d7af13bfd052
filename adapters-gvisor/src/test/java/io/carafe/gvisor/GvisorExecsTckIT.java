package io.carafe.gvisor;

import io.carafe.ports.tck.runtime.ExecsTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class GvisorExecsTckIT extends ExecsTck {
    @Override
    protected HandlerKit kit() {
        return Kits.host();
    }
}
