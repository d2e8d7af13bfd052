package com.example.toy;

import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.Execs;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.Sandboxes;
import java.util.EnumMap;
import java.util.Map;

/** Everything that isolates is missing, and is said to be. */
final class ToyHandler implements RuntimeHandler {
    private final ToyContainers containers;
    private final Execs execs;
    private final Sandboxes sandboxes = new ToySandboxes();

    ToyHandler(HandlerContext context) {
        this.containers = new ToyContainers(context);
        this.execs = new ToyExecs(containers, context.backend().tasks());
    }

    @Override
    public Sandboxes sandboxes() {
        return sandboxes;
    }

    @Override
    public Containers containers() {
        return containers;
    }

    @Override
    public Execs execs() {
        return execs;
    }

    @Override
    public Map<RuntimeFeature, String> missingFeatures() {
        Map<RuntimeFeature, String> missing = new EnumMap<>(RuntimeFeature.class);
        for (RuntimeFeature feature : RuntimeFeature.values()) {
            missing.put(feature, "a toy container is a process with another root, no more");
        }
        missing.remove(RuntimeFeature.HOST_NETWORK);
        missing.remove(RuntimeFeature.HOST_PID);
        missing.remove(RuntimeFeature.POD_PID);
        return missing;
    }
}
