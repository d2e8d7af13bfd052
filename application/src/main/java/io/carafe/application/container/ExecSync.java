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
import java.util.Arrays;
import java.util.List;

/** CRI ExecSync: runs a command in a running container to its end, as the container's user with its environment. */
public final class ExecSync {
    /** Of the whole answer, with room for what is beside the output: a kubelet takes no message above 16 MiB. The rest is dropped. */
    private static final int OUTPUT_LIMIT = (16 << 20) - 1024;

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
        var plan = new ExecPlan(container.id(), process);
        return withinLimit(ContainerLookup.whileThere(
                inventory,
                container,
                "exec in",
                () -> handlers.of(container.handler()).execs().run(plan, timeout, new Bytes(OUTPUT_LIMIT))));
    }

    /** Where both streams are long each keeps half, so that a flood on one does not take the other's words. */
    private static ExecResult withinLimit(ExecResult result) {
        int out = result.stdout().length;
        int err = result.stderr().length;
        if (out + err <= OUTPUT_LIMIT) {
            return result;
        }
        int keptErr = Math.min(err, Math.max(OUTPUT_LIMIT / 2, OUTPUT_LIMIT - out));
        int keptOut = Math.min(out, OUTPUT_LIMIT - keptErr);
        return new ExecResult(
                result.exitCode(), Arrays.copyOf(result.stdout(), keptOut), Arrays.copyOf(result.stderr(), keptErr));
    }
}
