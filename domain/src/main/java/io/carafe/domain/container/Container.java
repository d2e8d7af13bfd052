package io.carafe.domain.container;

import io.carafe.domain.image.ImageId;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.spec.OciProcess;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A container as recorded. Immutable: a change is a new value.
 *
 * @param sandboxId the pod it lives in
 * @param imageId the image its root file system was made of
 * @param stopSignal what StopContainer sends first: the configuration's, else the image's, else TERM
 * @param logPath absolute; empty for no log
 * @param process what it runs, kept so that an exec inherits user, environment and capabilities; empty while Creating
 * @param resources limits in force
 */
public record Container(
        ContainerId id,
        PodSandboxId sandboxId,
        ContainerConfig config,
        HandlerBinding handler,
        ImageId imageId,
        Signal stopSignal,
        Optional<Path> logPath,
        Optional<OciProcess> process,
        ContainerUser user,
        LinuxResources resources,
        ContainerState state) {
    public Container with(ContainerState newState) {
        return new Container(
                id, sandboxId, config, handler, imageId, stopSignal, logPath, process, user, resources, newState);
    }

    public Container withProcess(OciProcess newProcess, ContainerUser newUser) {
        return new Container(
                id,
                sandboxId,
                config,
                handler,
                imageId,
                stopSignal,
                logPath,
                Optional.of(newProcess),
                newUser,
                resources,
                state);
    }
}
