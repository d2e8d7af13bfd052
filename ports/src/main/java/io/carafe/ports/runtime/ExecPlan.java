package io.carafe.ports.runtime;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.spec.OciProcess;

/** A command to run in a container; {@code process.terminal} decides about a tty. */
public record ExecPlan(ContainerId container, OciProcess process) {}
