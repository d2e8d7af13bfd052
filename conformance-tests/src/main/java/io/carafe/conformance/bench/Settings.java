package io.carafe.conformance.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a run judges and with what.
 *
 * @param socket the endpoint's unix socket
 * @param handler the runtime handler of all pods; empty: the endpoint's default
 * @param registry {@code host:port} of the registry that takes the test images, plain http for the endpoint too
 * @param guardedRegistry one more, which wants {@code TestImages.USER} and its password
 * @param runId marks what this run makes, so that an interrupted run can be swept
 * @param workDir a folder for logs and volumes that the endpoint can reach
 * @param busybox a static busybox, the content of the test images
 */
public record Settings(
        Path socket,
        String handler,
        String registry,
        Optional<String> guardedRegistry,
        String runId,
        Path workDir,
        Path busybox) {
    /** The label on every pod of a run; its value is the run's id. */
    public static final String RUN_LABEL = "carafe.io/conformance";

    private static final String PREFIX = "carafe.conformance.";

    /** As parameters of a JUnit launch. */
    public Map<String, String> parameters() {
        return Map.of(
                PREFIX + "socket", socket.toString(),
                PREFIX + "handler", handler,
                PREFIX + "registry", registry,
                PREFIX + "guardedRegistry", guardedRegistry.orElse(""),
                PREFIX + "runId", runId,
                PREFIX + "workDir", workDir.toString(),
                PREFIX + "busybox", busybox.toString());
    }

    interface Parameters {
        Optional<String> get(String key);
    }

    static Settings from(Parameters parameters) {
        return new Settings(
                Path.of(required(parameters, "socket")),
                required(parameters, "handler"),
                required(parameters, "registry"),
                Optional.of(required(parameters, "guardedRegistry")).filter(host -> !host.isEmpty()),
                required(parameters, "runId"),
                Path.of(required(parameters, "workDir")),
                Path.of(required(parameters, "busybox")));
    }

    private static String required(Parameters parameters, String key) {
        return parameters
                .get(PREFIX + key)
                .orElseThrow(() -> new IllegalStateException("the launch lacks the parameter " + PREFIX + key
                        + "; start the suite with conformance-tests/run"));
    }
}
