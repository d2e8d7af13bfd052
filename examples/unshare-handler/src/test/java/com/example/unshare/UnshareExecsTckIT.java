package com.example.unshare;

import io.carafe.ports.tck.runtime.ExecsTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class UnshareExecsTckIT extends ExecsTck {
    @Override
    protected HandlerKit kit() {
        return Kits.unshare();
    }
}
