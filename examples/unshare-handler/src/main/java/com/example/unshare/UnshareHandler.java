package com.example.unshare;

import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.Execs;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.Sandboxes;
import java.util.EnumMap;
import java.util.Map;

/** Three roles, and the truth about what they cannot do: what is named here is refused early, and the kit does not ask for it. */
final class UnshareHandler implements RuntimeHandler {
    private final Sandboxes sandboxes = new UnshareSandboxes();
    private final UnshareContainers containers;
    private final Execs execs;

    UnshareHandler(HandlerContext context) {
        this.containers = new UnshareContainers(context);
        this.execs = new UnshareExecs(containers, context.backend().tasks());
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
            switch (feature) {
                case HOST_NETWORK, HOST_IPC, SYSCTLS -> {} // the only ones it has: they come with the pod's namespaces
                case HOST_PID, POD_PID, TARGET_PID ->
                    missing.put(feature, "a container ends with its own PID namespace, so it must have one");
                case CONTAINER_LIMITS, UPDATE ->
                    missing.put(feature, "only the pod's limits hold, not those of single containers");
                case ATTACH, EXEC_TTY ->
                    missing.put(feature, "there is no terminal, and no way to a container's streams");
                case EXEC_KILL_DETACHED -> missing.put(feature, "only a command and its descendants are known");
                case DEVICES, PRIVILEGED ->
                    missing.put(feature, "only the usual devices are made, and nothing keeps a container from others");
                case MOUNT_PROPAGATION, RECURSIVE_READ_ONLY_MOUNTS ->
                    missing.put(feature, "a container's mounts are its own, and read-only one by one");
                case PORT_FORWARD -> missing.put(feature, "not made in this example");
                default -> missing.put(feature, "beyond util-linux, of which this example is made");
            }
        }
        return missing;
    }
}
