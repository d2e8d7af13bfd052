package io.carafe.grpc;

import io.carafe.application.container.Attach;
import io.carafe.application.container.CreateContainer;
import io.carafe.application.container.Exec;
import io.carafe.application.container.ExecSync;
import io.carafe.application.container.RemoveContainer;
import io.carafe.application.container.ReopenContainerLog;
import io.carafe.application.container.StartContainer;
import io.carafe.application.container.StopContainer;
import io.carafe.application.image.Images;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.sandbox.PortForward;
import io.carafe.application.sandbox.RemovePodSandbox;
import io.carafe.application.sandbox.RunPodSandbox;
import io.carafe.application.sandbox.StopPodSandbox;
import io.carafe.application.stats.Stats;
import io.carafe.application.status.RuntimeStatus;
import io.carafe.application.stream.StreamTicket;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What RuntimeService drives.
 *
 * @param streamUrl where a client goes with a ticket
 */
public record RuntimeUseCases(
        RunPodSandbox runPodSandbox,
        StopPodSandbox stopPodSandbox,
        RemovePodSandbox removePodSandbox,
        CreateContainer createContainer,
        StartContainer startContainer,
        StopContainer stopContainer,
        RemoveContainer removeContainer,
        ExecSync execSync,
        Exec exec,
        Attach attach,
        PortForward portForward,
        Function<StreamTicket, String> streamUrl,
        ReopenContainerLog reopenContainerLog,
        Stats stats,
        RuntimeStatus status,
        Inventory inventory,
        Images images,
        String version,
        Path stateDirectory) {}
