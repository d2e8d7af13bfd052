package com.example.unshare;

import io.carafe.ports.tck.runtime.DaemonDeathTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class UnshareDaemonDeathTckIT extends DaemonDeathTck {
    @Override
    protected HandlerKit kit() {
        return Kits.unshare();
    }
}
