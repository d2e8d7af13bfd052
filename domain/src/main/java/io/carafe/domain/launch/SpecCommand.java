package io.carafe.domain.launch;

import io.carafe.domain.container.ContainerConfig;
import io.carafe.domain.container.EnvVar;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.ImageConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is run, with which environment, where. Source: CRI ContainerConfig, image-spec config.md. */
final class SpecCommand {
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private SpecCommand() {}

    /** A command replaces entrypoint and cmd of the image; arguments alone replace its cmd. */
    static List<String> args(ContainerConfig config, ImageConfig image) {
        List<String> args = new ArrayList<>();
        if (config.command().isEmpty()) {
            args.addAll(image.entrypoint());
            args.addAll(config.args().isEmpty() ? image.cmd() : config.args());
        } else {
            args.addAll(config.command());
            args.addAll(config.args());
        }
        if (args.isEmpty()) {
            throw new Fault.InvalidArgument(
                    "create container '" + config.metadata().name() + "': image '" + config.image()
                            + "' has neither entrypoint nor cmd and the container has no command; give it one");
        }
        return args;
    }

    /** Later ones win: defaults, the image's, the container's. */
    static List<String> env(ContainerConfig config, ImageConfig image, String hostname) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("PATH", DEFAULT_PATH);
        if (config.tty()) {
            env.put("TERM", "xterm");
        }
        if (!hostname.isEmpty()) {
            env.put("HOSTNAME", hostname);
        }
        for (String line : image.env()) {
            int equals = line.indexOf('=');
            env.put(equals < 0 ? line : line.substring(0, equals), equals < 0 ? "" : line.substring(equals + 1));
        }
        for (EnvVar variable : config.envs()) {
            env.put(variable.key(), variable.value());
        }
        return env.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    }

    /** Always absolute: images with "app" as working directory mean "/app". */
    static String workingDirectory(ContainerConfig config, ImageConfig image) {
        String directory = config.workingDir().isEmpty() ? image.workingDir() : config.workingDir();
        return Path.of("/").resolve(directory).normalize().toString();
    }
}
