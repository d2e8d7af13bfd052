package io.carafe.conformance;

import io.carafe.cri.v1.ContainerConfig;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.PodSandboxConfig;
import java.util.List;
import java.util.function.Consumer;

/** Commands that several claims give their containers. */
final class Scripts {
    /** Lives on through SIGTERM; only SIGKILL ends it. */
    static final Consumer<ContainerConfig.Builder> STUBBORN =
            command("sh", "-c", "trap '' TERM; while :; do sleep 1; done");

    /** A web server on port 80 that answers {@code /} with "served". */
    static final Consumer<ContainerConfig.Builder> WEB_SERVER = web(80);

    /** One PID namespace for all containers of a pod: for the pod's config, and for each container's. */
    static final Consumer<PodSandboxConfig.Builder> POD_PID = config -> config.getLinuxBuilder()
            .getSecurityContextBuilder()
            .getNamespaceOptionsBuilder()
            .setPid(NamespaceMode.POD);

    static final Consumer<ContainerConfig.Builder> CONTAINER_IN_POD_PID = config -> config.getLinuxBuilder()
            .getSecurityContextBuilder()
            .getNamespaceOptionsBuilder()
            .setPid(NamespaceMode.POD);

    private Scripts() {}

    static Consumer<ContainerConfig.Builder> command(String... words) {
        return config -> config.clearCommand().addAllCommand(List.of(words));
    }

    static Consumer<ContainerConfig.Builder> web(int port) {
        return command(
                "sh",
                "-c",
                "mkdir -p /tmp/www && echo served > /tmp/www/index.html && exec httpd -f -p " + port + " -h /tmp/www");
    }
}
