package io.carafe.gvisor;

import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.oci.cli.OciCommandLine;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.tck.runtime.HandlerKit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The handlers under test. */
final class Kits {
    /** Names the program for tests that run where neither scripts/runsc.sh nor Debian has put one. */
    private static final String VARIABLE = "CARAFE_RUNSC";

    private static final List<Path> PLACES =
            List.of(Path.of("/var/cache/carafe/gvisor/usr/bin/runsc"), Path.of("/usr/bin/runsc"));

    private Kits() {}

    /** With the kernel's network stack, which every version of runsc can use on every kernel. */
    static HandlerKit host() {
        return kit("host", runsc());
    }

    /** With gVisor's own network stack. */
    static HandlerKit sandbox() {
        return kit("sandbox", bearingNewKernels(runsc()));
    }

    private static HandlerKit kit(String network, Path runsc) {
        Map<RuntimeFeature, String> missing = new EnumMap<>(RuntimeFeature.class);
        for (RuntimeFeature feature : List.of(
                RuntimeFeature.CONTAINER_LIMITS,
                RuntimeFeature.UPDATE,
                RuntimeFeature.HOST_NETWORK,
                RuntimeFeature.HOST_PID,
                RuntimeFeature.HOST_IPC,
                RuntimeFeature.TARGET_PID,
                RuntimeFeature.MOUNT_PROPAGATION,
                RuntimeFeature.DEVICES,
                RuntimeFeature.SYSCTLS,
                RuntimeFeature.SECCOMP,
                RuntimeFeature.EXEC_KILL_DETACHED)) {
            missing.put(feature, "gVisor's own limit");
        }
        return new HandlerKit(
                new GvisorProvider(),
                Map.of(GvisorOptions.PATH, runsc.toString(), GvisorOptions.NETWORK, network),
                missing);
    }

    /** For asking about a pod behind the handler's back. */
    static Runsc runsc(Path runDirectory, PodSandboxId pod) {
        OciCommandLine commands = new OciCommandLine(
                runsc(), runDirectory.resolve("runsc").resolve(pod.value()), List.of("--network=host"));
        return new Runsc(commands, Duration.ofSeconds(30));
    }

    /** A test without runsc is no test: it fails. */
    static Path runsc() {
        String named = System.getenv(VARIABLE);
        if (named != null) {
            return Path.of(named);
        }
        return PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no runsc in " + PLACES + ": ./verify fetches it, as does "
                        + "scripts/runsc.sh; or set " + VARIABLE));
    }

    /**
     * Debian's runsc of before 2024-08 takes the pod's network namespace for the host's on kernels from 6.11, since there it finds a
     * sysctl that used to be the host's only. This one does not see it. Source: gVisor issue 10704.
     */
    private static Path bearingNewKernels(Path runsc) {
        try {
            Path directory = Files.createTempDirectory("runsc-kit");
            Path kept = Files.createDirectory(directory.resolve("sys"));
            Path script = directory.resolve("runsc");
            List.of(directory, kept, script).forEach(file -> file.toFile().deleteOnExit());
            Files.writeString(script, """
                    #!/bin/sh
                    # The part of /proc/sys that runsc needs, without net.
                    exec unshare --mount --propagation private sh -c '
                        kept=$1; shift
                        mount -t tmpfs none "$kept" || exit
                        for part in kernel vm fs user; do
                            mkdir -p "$kept/$part" && mount --bind "/proc/sys/$part" "$kept/$part" || exit
                        done
                        mount -t tmpfs none /proc/sys || exit
                        for part in kernel vm fs user; do
                            mkdir "/proc/sys/$part" && mount --move "$kept/$part" "/proc/sys/$part" || exit
                        done
                        exec "$@"' sh %s %s "$@"
                    """.formatted(kept, runsc));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
