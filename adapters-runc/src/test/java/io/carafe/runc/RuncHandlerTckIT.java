package io.carafe.runc;

import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.RuntimeHandlerTck;

class RuncHandlerTckIT extends RuntimeHandlerTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runc();
    }
}
