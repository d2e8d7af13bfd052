package io.carafe.runc;

import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.RuntimeHandlerTck;

class CrunHandlerTckIT extends RuntimeHandlerTck {
    @Override
    protected HandlerKit kit() {
        return Kits.crun();
    }
}
