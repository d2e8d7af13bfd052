package io.carafe.kata;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.spi.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The options of a handler section, for every shim.
 *
 * @param path the shim ({@code path})
 * @param configPath the shim's own configuration, which is handed to it; empty for the one it finds by itself ({@code config_path})
 * @param profile which kind of shim it is ({@code profile}: runc, gvisor, kata, other), where its name does not tell
 * @param runtimePath the OCI runtime that a shim of kind runc runs ({@code runtime_path})
 * @param shimInPodCgroup whether a shim of kind runc is accounted to its pod, and within its limits; else it stays in the daemon's cgroup.
 *     Its 10 MiB are a pod's to bear only where a RuntimeClass adds them as overhead ({@code shim_in_pod_cgroup})
 * @param annotations names of pod annotations that the shim may see, one ending in * stands for all that begin so ({@code annotations},
 *     a list); none unless they are named here, for shims obey them
 */
record ShimOptions(
        Path path,
        Optional<Path> configPath,
        ShimProfile profile,
        Path runtimePath,
        boolean shimInPodCgroup,
        List<String> annotations) {
    static final Set<String> NAMES =
            Set.of("path", "config_path", "profile", "runtime_path", "shim_in_pod_cgroup", "annotations");

    static final Set<String> KATA_NAMES = Set.of("path", "config_path", "annotations");

    private static final List<Path> KATA = List.of(
            Path.of("/opt/kata/bin/containerd-shim-kata-v2"),
            Path.of("/usr/local/bin/containerd-shim-kata-v2"),
            Path.of("/usr/bin/containerd-shim-kata-v2"));

    private static final List<Path> RUNC = List.of(
            Path.of("/usr/local/sbin/runc"),
            Path.of("/usr/local/bin/runc"),
            Path.of("/usr/sbin/runc"),
            Path.of("/usr/bin/runc"));

    /** Where Kata installs its shim, unless it is told. */
    static ShimOptions kata(Options options) {
        return of(options, options.path("path", firstProgram(KATA)), ShimProfile.KATA);
    }

    /** @throws Fault.InvalidArgument if no shim is named: there is none that could be meant */
    static ShimOptions any(Options options) {
        Path path = options.text("path")
                .map(Path::of)
                .orElseThrow(() -> new Fault.InvalidArgument(
                        "provider shim needs the option path: a program such as containerd-shim-NAME-v2"));
        return of(options, path, ShimProfile.of(path));
    }

    /** Whether a pod's annotation may be passed on. */
    boolean allows(String annotation) {
        return annotations.stream()
                .anyMatch(allowed -> allowed.endsWith("*")
                        ? annotation.startsWith(allowed.substring(0, allowed.length() - 1))
                        : annotation.equals(allowed));
    }

    private static ShimOptions of(Options options, Path path, ShimProfile profile) {
        return new ShimOptions(
                path,
                options.text("config_path").map(Path::of),
                options.text("profile").map(ShimOptions::profile).orElse(profile),
                options.path("runtime_path", firstProgram(RUNC)),
                options.flag("shim_in_pod_cgroup", false),
                options.text("annotations")
                        .map(names -> Stream.of(names.split(":")).toList())
                        .orElse(List.of()));
    }

    private static ShimProfile profile(String name) {
        return Stream.of(ShimProfile.values())
                .filter(profile -> profile.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new Fault.InvalidArgument(
                        "option profile = '" + name + "' is none of runc, gvisor, kata, other"));
    }

    private static Path firstProgram(List<Path> paths) {
        return paths.stream().filter(Files::isExecutable).findFirst().orElse(paths.getLast());
    }
}
