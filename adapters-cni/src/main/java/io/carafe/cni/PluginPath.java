package io.carafe.cni;

import io.carafe.domain.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The directories that plugins are found in. */
record PluginPath(List<Path> directories) {
    PluginPath {
        directories = List.copyOf(directories);
    }

    Optional<Path> find(String program) {
        return directories.stream()
                .map(directory -> directory.resolve(program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** @throws Fault.Unavailable if it is in none of the directories */
    Path require(String program, CniConfList network) {
        return find(program).orElseThrow(() -> new Fault.Unavailable(missing(program, network)));
    }

    String missing(String program, CniConfList network) {
        return "CNI plugin " + program + " of network " + network + " is not in " + directories
                + ": install it, or name its directory in bin_dirs";
    }

    /** What CNI_PATH says, for plugins that call others. */
    String variable() {
        return directories.stream().map(Path::toString).collect(Collectors.joining(":"));
    }
}
