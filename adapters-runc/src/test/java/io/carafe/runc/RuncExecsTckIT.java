package io.carafe.runc;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.process.TerminalSize;
import io.carafe.ports.runtime.ExecPlan;
import io.carafe.ports.runtime.ExecSession;
import io.carafe.ports.tck.runtime.ExecsTck;
import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.TckPod;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuncExecsTckIT extends ExecsTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runc();
    }

    @Test
    void terminalHasItsSizeWhenTheCommandBegins() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start("sleep 4711");
        ExecPlan plan = pod.exec(id, List.of("stty", "size"), true);
        var sized = new ExecPlan(plan.container(), plan.process(), Optional.of(new TerminalSize(101, 33)));

        try (ExecSession session = execs().open(sized, true)) {
            assertThat(session.stdout().readAllBytes()).asString().isEqualTo("33 101\r\n");
        }
    }
}
