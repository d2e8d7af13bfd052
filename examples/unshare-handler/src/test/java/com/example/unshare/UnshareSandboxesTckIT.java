package com.example.unshare;

import io.carafe.ports.tck.runtime.SandboxesTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class UnshareSandboxesTckIT extends SandboxesTck {
    @Override
    protected HandlerKit kit() {
        return Kits.unshare();
    }
}
