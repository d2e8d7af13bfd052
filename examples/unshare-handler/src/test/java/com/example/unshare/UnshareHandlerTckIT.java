package com.example.unshare;

import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.RuntimeHandlerTck;

class UnshareHandlerTckIT extends RuntimeHandlerTck {
    @Override
    protected HandlerKit kit() {
        return Kits.unshare();
    }
}
