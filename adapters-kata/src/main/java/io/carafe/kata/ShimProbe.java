package io.carafe.kata;

import io.carafe.domain.fault.Fault;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.ShortCommand;
import io.carafe.ports.spi.Availability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks for a shim and asks it for its version. */
final class ShimProbe {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private ShimProbe() {}

    /**
     * Never Available yet, so that no pod is sent to it.
     *
     * @param versionFlag makes the shim print its version and end
     * @param hostMisses what this kind of shim needs of the host and does not find
     */
    static Availability availability(
            Supplier<ShimOptions> options, String versionFlag, Supplier<List<String>> hostMisses) {
        try {
            return new Availability.Missing(reason(options.get(), versionFlag, hostMisses.get()));
        } catch (Fault | CommandFailure e) {
            return new Availability.Missing(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Availability.Missing("asking the shim for its version was interrupted");
        }
    }

    private static String reason(ShimOptions options, String versionFlag, List<String> hostMisses)
            throws CommandFailure, InterruptedException {
        List<String> missing = new ArrayList<>();
        Path shim = options.path();
        if (!Files.isExecutable(shim)) {
            missing.add(
                    "the shim is not at " + shim + ", or cannot be executed; install it or correct the option path");
        } else {
            missing.add("this version of Carafe finds " + version(shim, versionFlag) + " at " + shim
                    + ", but cannot run pods with it yet");
        }
        options.configPath()
                .filter(file -> !Files.isReadable(file))
                .ifPresent(file -> missing.add("config_path " + file + " cannot be read"));
        missing.addAll(hostMisses);
        return String.join("; ", missing);
    }

    private static String version(Path shim, String flag) throws CommandFailure, InterruptedException {
        String output = ShortCommand.run(shim + " " + flag, List.of(shim.toString(), flag), new byte[0], TIMEOUT);
        return output.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(", "));
    }
}
