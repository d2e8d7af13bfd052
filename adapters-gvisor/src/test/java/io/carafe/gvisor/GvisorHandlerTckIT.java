package io.carafe.gvisor;

import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.RuntimeHandlerTck;

class GvisorHandlerTckIT extends RuntimeHandlerTck {
    @Override
    protected HandlerKit kit() {
        return Kits.host();
    }
}
