package io.carafe.ports.tck.runtime;

import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import java.util.Map;
import java.util.Set;

/**
 * What is under test.
 *
 * @param options as a {@code [handlers.NAME]} section would give them
 * @param missing features that the handler must report as missing here, with the reason why that is right; tests that need one
 *     check that it is named, and no more
 * @param program makes the same provider in a JVM of its own, which {@link DaemonDeathTck} kills
 */
public record HandlerKit(
        RuntimeHandlerProvider provider,
        Map<String, String> options,
        Map<RuntimeFeature, String> missing,
        HandlerProgram program) {
    /** The features that some claim of the kit needs; what else a handler says that it can is not looked at. */
    public static final Set<RuntimeFeature> JUDGED = Set.of(
            RuntimeFeature.ATTACH,
            RuntimeFeature.CONTAINER_LIMITS,
            RuntimeFeature.DEVICES,
            RuntimeFeature.EXEC_KILL_DETACHED,
            RuntimeFeature.EXEC_TTY,
            RuntimeFeature.HOST_IPC,
            RuntimeFeature.HOST_NETWORK,
            RuntimeFeature.HOST_PID,
            RuntimeFeature.MOUNT_PROPAGATION,
            RuntimeFeature.POD_PID,
            RuntimeFeature.PORT_FORWARD,
            RuntimeFeature.PRIVILEGED,
            RuntimeFeature.RECURSIVE_READ_ONLY_MOUNTS,
            RuntimeFeature.SECCOMP,
            RuntimeFeature.SYSCTLS,
            RuntimeFeature.TARGET_PID,
            RuntimeFeature.UPDATE);

    public HandlerKit {
        options = Map.copyOf(options);
        missing = Map.copyOf(missing);
    }

    /** Of a provider on the class path. */
    public HandlerKit(
            RuntimeHandlerProvider provider, Map<String, String> options, Map<RuntimeFeature, String> missing) {
        this(provider, options, missing, HandlerProgram.of(provider));
    }
}
