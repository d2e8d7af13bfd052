package io.carafe.kata;

import io.carafe.ports.tck.runtime.ExecsTck;
import io.carafe.ports.tck.runtime.HandlerKit;
import org.junit.jupiter.api.Test;

class ShimExecsTckIT extends ExecsTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runcShim();
    }

    @Test
    void terminalHasItsSizeWhenTheCommandBegins() throws Exception {
        assertTerminalHasItsSizeWhenTheCommandBegins();
    }
}
