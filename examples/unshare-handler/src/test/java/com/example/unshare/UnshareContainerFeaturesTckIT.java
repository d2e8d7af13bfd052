package com.example.unshare;

import io.carafe.ports.tck.runtime.ContainerFeaturesTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class UnshareContainerFeaturesTckIT extends ContainerFeaturesTck {
    @Override
    protected HandlerKit kit() {
        return Kits.unshare();
    }
}
