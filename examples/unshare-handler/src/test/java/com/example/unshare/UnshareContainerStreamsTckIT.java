package com.example.unshare;

import io.carafe.ports.tck.runtime.ContainerStreamsTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class UnshareContainerStreamsTckIT extends ContainerStreamsTck {
    @Override
    protected HandlerKit kit() {
        return Kits.unshare();
    }
}
