package io.carafe.runc;

import io.carafe.ports.tck.runtime.ExecsTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class RuncExecsTckIT extends ExecsTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runc();
    }
}
