package io.carafe.kata;

import io.carafe.ports.tck.runtime.ExecsTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class ShimExecsTckIT extends ExecsTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runcShim();
    }
}
