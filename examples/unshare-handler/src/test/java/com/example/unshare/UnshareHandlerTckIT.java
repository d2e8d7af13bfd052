package com.example.unshare;

import io.carafe.ports.tck.runtime.RuntimeHandlerTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class UnshareHandlerTckIT extends RuntimeHandlerTck {
    @Override
    protected HandlerKit kit() {
        return Kits.unshare();
    }
}
