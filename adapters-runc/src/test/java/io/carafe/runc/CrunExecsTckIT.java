package io.carafe.runc;

import io.carafe.ports.tck.runtime.ExecsTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class CrunExecsTckIT extends ExecsTck {
    @Override
    protected HandlerKit kit() {
        return Kits.crun();
    }
}
