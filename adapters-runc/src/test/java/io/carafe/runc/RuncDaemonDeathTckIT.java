package io.carafe.runc;

import io.carafe.ports.tck.runtime.DaemonDeathTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class RuncDaemonDeathTckIT extends DaemonDeathTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runc();
    }
}
