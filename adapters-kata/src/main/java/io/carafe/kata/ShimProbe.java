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
     * Whether pods can be run with it here.
     *
     * @param versionFlag makes the shim print its version and end
     * @param hostMisses what this kind of shim needs of the host and does not find
     * @throws Fault.InvalidArgument if an option is right on no host
     */
    static Availability availability(
            Supplier<ShimOptions> options, String versionFlag, Supplier<List<String>> hostMisses) {
        try {
            ShimOptions given = options.get();
            List<String> missing = new ArrayList<>(missing(given));
            missing.addAll(hostMisses.get());
            return missing.isEmpty()
                    ? new Availability.Available(version(given.path(), versionFlag))
                    : new Availability.Missing(String.join("; ", missing));
        } catch (Fault.InvalidArgument e) {
            throw e;
        } catch (Fault | CommandFailure e) {
            return new Availability.Missing(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Availability.Missing("asking the shim for its version was interrupted");
        }
    }

    private static List<String> missing(ShimOptions options) {
        List<String> missing = new ArrayList<>();
        if (!Files.isExecutable(options.path())) {
            missing.add("the shim is not at " + options.path()
                    + ", or cannot be executed; install it or correct the option path");
        }
        options.configPath()
                .filter(file -> !Files.isReadable(file))
                .ifPresent(file -> missing.add("config_path " + file + " cannot be read"));
        if (options.profile() == ShimProfile.RUNC && !Files.isExecutable(options.runtimePath())) {
            missing.add("the OCI runtime is not at " + options.runtimePath()
                    + ", or cannot be executed; install it or correct the option runtime_path");
        }
        return missing;
    }

    private static String version(Path shim, String flag) throws CommandFailure, InterruptedException {
        String output = ShortCommand.run(shim + " " + flag, List.of(shim.toString(), flag), new byte[0], TIMEOUT);
        return output.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(", "));
    }
}
