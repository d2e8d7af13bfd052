package com.example.unshare;

import io.carafe.ports.tck.runtime.ContainersTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class UnshareContainersTckIT extends ContainersTck {
    @Override
    protected HandlerKit kit() {
        return Kits.unshare();
    }
}
