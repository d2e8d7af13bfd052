package io.carafe.grpc;

import io.carafe.cri.v1.ContainerConfig;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.container.ContainerUser;
import io.carafe.domain.image.Digest;
import io.carafe.domain.image.Image;
import io.carafe.domain.image.ImageConfig;
import io.carafe.domain.image.ImageId;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.domain.sandbox.PodNetworkStatus;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.SandboxState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Domain values to show or to filter. Configurations come through FromProto, as they do in life. */
final class Samples {
    /** With AppArmor, so that its fields can be honoured. */
    static final HostSecurity HOST = new HostSecurity(true, false);

    static final String SANDBOX_ID = "5a".repeat(32);
    static final String CONTAINER_ID = "c0".repeat(32);
    static final Instant CREATED = Instant.ofEpochSecond(1_700_000_000L, 123_456_789);
    static final Instant STARTED = CREATED.plusSeconds(1);
    static final Instant FINISHED = CREATED.plusSeconds(2);
    static final ImageId IMAGE_ID = new ImageId(Digest.sha256("1d".repeat(32)));
    private static final HandlerBinding RUNC = new HandlerBinding("runc", "runc", "", Map.of());

    private Samples() {}

    static PodSandbox sandbox(io.carafe.cri.v1.PodSandboxConfig config) {
        return PodSandbox.accepted(
                new PodSandboxId(SANDBOX_ID),
                new PodSandboxConfigFromProto(HOST).config(config, Field.of("config")),
                RUNC,
                new SandboxState.Creating(CREATED, ""));
    }

    static PodSandbox readySandbox(io.carafe.cri.v1.PodSandboxConfig config, String... ips) {
        return sandbox(config)
                .withNetwork(new PodNetworkStatus(List.of(ips), ""))
                .with(new SandboxState.Ready(CREATED));
    }

    static Container container(ContainerConfig proto, ContainerState state) {
        io.carafe.domain.container.ContainerConfig config =
                new ContainerConfigFromProto(HOST).config(proto, Field.of("config"));
        return new Container(
                new ContainerId(CONTAINER_ID),
                new PodSandboxId(SANDBOX_ID),
                config,
                RUNC,
                IMAGE_ID,
                Signal.TERM,
                Optional.of(Path.of("/var/log/pods/p/c/0.log")),
                Optional.empty(),
                new ContainerUser(1000, 2000, List.of(2000L, 3000L)),
                config.resources(),
                state);
    }

    static Image image(String user, List<String> tags, List<String> digests) {
        return new Image(
                IMAGE_ID,
                tags,
                digests,
                new Bytes(4096),
                new ImageConfig(
                        user, List.of(), List.of(), List.of(), "", Optional.empty(), List.of(), Map.of(), List.of()),
                CREATED);
    }
}
