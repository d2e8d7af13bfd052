package io.carafe.ports.runtime;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.process.TerminalSize;
import io.carafe.domain.spec.OciProcess;
import java.util.Optional;

/**
 * A command to run in a container; {@code process.terminal} decides about a tty.
 *
 * @param size that its terminal has when the command begins, if it is known by then. It is told by {@link AttachedStreams#resize} too,
 *     so a handler that can set it only afterwards leaves it
 */
public record ExecPlan(ContainerId container, OciProcess process, Optional<TerminalSize> size) {
    public ExecPlan(ContainerId container, OciProcess process) {
        this(container, process, Optional.empty());
    }
}
