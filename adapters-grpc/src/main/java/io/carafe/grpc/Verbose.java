package io.carafe.grpc;

import io.carafe.domain.container.Container;
import io.carafe.domain.image.Image;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.SandboxState;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a verbose Status adds, as JSON for people. */
final class Verbose {
    private Verbose() {}

    static String of(PodSandbox sandbox) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("handler", sandbox.handler().name());
        info.put("provider", sandbox.handler().provider());
        sandbox.cgroup().ifPresent(cgroup -> info.put("cgroup", cgroup.value()));
        Map<String, String> namespaces = new LinkedHashMap<>();
        sandbox.namespaces().forEach((type, path) -> namespaces.put(type.specName(), path.toString()));
        info.put("namespaces", namespaces);
        switch (sandbox.state()) {
            case SandboxState.Creating creating -> info.put("stage", creating.stage());
            case SandboxState.NotReady notReady -> {
                info.put("stoppedAt", notReady.stoppedAt().toString());
                info.put("cause", notReady.cause());
            }
            case SandboxState.Ready _, SandboxState.Removing _ -> {
                // nothing to add
            }
        }
        return Json.of(info);
    }

    static String of(Container container) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("sandboxID", container.sandboxId().value());
        info.put("handler", container.handler().name());
        container.process().ifPresent(process -> {
            info.put("args", process.args());
            info.put("env", process.env());
            info.put("cwd", process.cwd());
        });
        return Json.of(info);
    }

    static String of(Image image) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("entrypoint", image.config().entrypoint());
        info.put("cmd", image.config().cmd());
        info.put("env", image.config().env());
        info.put("workingDir", image.config().workingDir());
        info.put("volumes", image.config().volumes());
        info.put("labels", image.config().labels());
        info.put(
                "diffIds",
                image.config().diffIds().stream().map(Object::toString).toList());
        info.put("pulledAt", image.pulledAt().toString());
        return Json.of(info);
    }
}
