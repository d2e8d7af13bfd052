package com.example.unshare;

import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.SandboxesTck;

class UnshareSandboxesTckIT extends SandboxesTck {
    @Override
    protected HandlerKit kit() {
        return Kits.unshare();
    }
}
