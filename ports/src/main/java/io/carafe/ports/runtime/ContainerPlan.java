package io.carafe.ports.runtime;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.sandbox.PodCgroupPath;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.spec.OciSpec;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All that a handler must know to create a container. The root file system is mounted; the spec is complete for runc, and the
 * handler adjusts it to its world.
 *
 * @param logPath CRI-format log to append to; its directory exists; empty for no log
 * @param stdin whether the process gets an open standard input; without it reads see EOF
 * @param stdinOnce whether standard input ends with the first attached client that ends its own
 */
public record ContainerPlan(
        ContainerId id,
        PodSandboxId sandboxId,
        OciSpec spec,
        PodCgroupPath podCgroup,
        Optional<Path> logPath,
        boolean stdin,
        boolean stdinOnce) {}
