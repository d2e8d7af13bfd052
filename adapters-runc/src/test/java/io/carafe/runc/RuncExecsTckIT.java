package io.carafe.runc;

import io.carafe.ports.tck.runtime.ExecsTck;
import io.carafe.ports.tck.runtime.HandlerKit;
import org.junit.jupiter.api.Test;

class RuncExecsTckIT extends ExecsTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runc();
    }

    @Test
    void terminalHasItsSizeWhenTheCommandBegins() throws Exception {
        assertTerminalHasItsSizeWhenTheCommandBegins();
    }
}
