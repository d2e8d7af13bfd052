package io.carafe.application.container;

import io.carafe.application.handler.Handlers;
import io.carafe.application.inventory.Inventory;
import io.carafe.domain.container.Container;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.spec.OciProcess;
import io.carafe.ports.runtime.ExecPlan;
import io.carafe.ports.runtime.ExecResult;
import java.time.Duration;
import java.util.List;

/** CRI ExecSync: runs a command in a running container to its end, as the container's user with its environment. */
public final class ExecSync {
    /** What the field's runtimes keep of each stream; the rest is read and dropped. */
    private static final Bytes OUTPUT_LIMIT = Bytes.ofMebibytes(16);

    private final Inventory inventory;
    private final Handlers handlers;

    public ExecSync(Inventory inventory, Handlers handlers) {
        this.inventory = inventory;
        this.handlers = handlers;
    }

    /** @param timeout zero for none */
    public ExecResult exec(String idOrPrefix, List<String> command, Duration timeout) throws InterruptedException {
        Container container = inventory.container(idOrPrefix);
        if (command.isEmpty()) {
            throw new Fault.InvalidArgument("exec in container " + container.id() + ": cmd is empty");
        }
        ContainerLookup.requireRunning(container, "exec in");
        OciProcess process = container
                .process()
                .orElseThrow(() -> new Fault.Corrupt(
                        "exec in container " + container.id() + ": its record has no process; remove and recreate it"))
                .exec(command, false);
        return handlers.of(container.handler())
                .execs()
                .run(new ExecPlan(container.id(), process), timeout, OUTPUT_LIMIT);
    }
}
