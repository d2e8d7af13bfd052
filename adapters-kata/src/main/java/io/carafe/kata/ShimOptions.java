package io.carafe.kata;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.spi.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a handler section, for every shim.
 *
 * @param path the shim ({@code path})
 * @param configPath the shim's own configuration, which is handed to it; empty for the one it finds by itself ({@code config_path})
 */
record ShimOptions(Path path, Optional<Path> configPath) {
    static final Set<String> NAMES = Set.of("path", "config_path");

    private static final List<Path> KATA = List.of(
            Path.of("/opt/kata/bin/containerd-shim-kata-v2"),
            Path.of("/usr/local/bin/containerd-shim-kata-v2"),
            Path.of("/usr/bin/containerd-shim-kata-v2"));

    /** Where Kata installs its shim, unless it is told. */
    static ShimOptions kata(Options options) {
        Path found = KATA.stream().filter(Files::isExecutable).findFirst().orElse(KATA.getFirst());
        return new ShimOptions(options.path("path", found), configPath(options));
    }

    /** @throws Fault.InvalidArgument if no shim is named: there is none that could be meant */
    static ShimOptions any(Options options) {
        return new ShimOptions(
                options.text("path")
                        .map(Path::of)
                        .orElseThrow(() -> new Fault.InvalidArgument(
                                "provider shim needs the option path: a program such as containerd-shim-NAME-v2")),
                configPath(options));
    }

    private static Optional<Path> configPath(Options options) {
        return options.text("config_path").map(Path::of);
    }
}
