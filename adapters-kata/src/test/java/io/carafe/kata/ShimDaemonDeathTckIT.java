package io.carafe.kata;

import io.carafe.ports.tck.runtime.DaemonDeathTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class ShimDaemonDeathTckIT extends DaemonDeathTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runcShim();
    }
}
