package io.carafe.cli.endpoint;

import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.outcome.ExitCode;
import java.nio.file.Path;

/** Where a CRI endpoint is: {@code unix:///run/x.sock} or a path. */
public final class EndpointAddress {
    /** What an installed Carafe serves. */
    public static final String DEFAULT = "unix:///run/carafe/carafe.sock";

    /** The variable that other CRI tools read too. */
    public static final String VARIABLE = "CONTAINER_RUNTIME_ENDPOINT";

    private EndpointAddress() {}

    public static Path socket(String address) {
        var path = address.startsWith("unix://") ? address.substring("unix://".length()) : address;
        if (!path.startsWith("/")) {
            throw new CommandFault(
                    ExitCode.USAGE,
                    "endpoint '" + address + "' is no unix socket; give unix:///path or an absolute path");
        }
        return Path.of(path);
    }
}
