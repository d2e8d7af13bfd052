package com.example.unshare;

import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.PodFeaturesTck;

class UnsharePodFeaturesTckIT extends PodFeaturesTck {
    @Override
    protected HandlerKit kit() {
        return Kits.unshare();
    }
}
