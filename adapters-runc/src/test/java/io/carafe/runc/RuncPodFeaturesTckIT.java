package io.carafe.runc;

import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.PodFeaturesTck;

class RuncPodFeaturesTckIT extends PodFeaturesTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runc();
    }
}
