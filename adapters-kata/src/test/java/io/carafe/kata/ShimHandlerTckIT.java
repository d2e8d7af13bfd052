package io.carafe.kata;

import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.RuntimeHandlerTck;

class ShimHandlerTckIT extends RuntimeHandlerTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runcShim();
    }
}
