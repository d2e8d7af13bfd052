package io.carafe.gvisor;

import io.carafe.ports.tck.runtime.DaemonDeathTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class GvisorDaemonDeathTckIT extends DaemonDeathTck {
    @Override
    protected HandlerKit kit() {
        return Kits.host();
    }
}
