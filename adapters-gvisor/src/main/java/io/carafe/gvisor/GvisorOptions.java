package io.carafe.gvisor;

import io.carafe.domain.fault.Fault;
import io.carafe.oci.cli.Programs;
import io.carafe.ports.spi.Options;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a handler section. All of them must be the same in every call for one pod, so they are kept with it.
 *
 * @param path the runsc program ({@code path})
 * @param conmon the monitor, where one is given or found ({@code conmon_path})
 * @param root where runsc keeps its state, a directory a pod; empty for the handler's run directory ({@code root})
 * @param platform how system calls are caught ({@code platform})
 * @param network whose network stack containers use ({@code network})
 * @param monitorInPodCgroup whether conmon is accounted to its pod; else it stays in the daemon's cgroup ({@code
 *     monitor_in_pod_cgroup})
 */
record GvisorOptions(
        Path path,
        Optional<Path> conmon,
        Optional<Path> root,
        Platform platform,
        Network network,
        boolean monitorInPodCgroup) {
    static final String PATH = "path";
    static final String CONMON_PATH = "conmon_path";
    static final String ROOT = "root";
    static final String PLATFORM = "platform";
    static final String NETWORK = "network";
    static final String MONITOR_IN_POD_CGROUP = "monitor_in_pod_cgroup";
    static final Set<String> NAMES = Set.of(PATH, CONMON_PATH, ROOT, PLATFORM, NETWORK, MONITOR_IN_POD_CGROUP);

    /** KVM is taken only when it is asked for: on virtual machines it may hang. */
    enum Platform {
        SYSTRAP,
        PTRACE,
        KVM
    }

    enum Network {
        /** gVisor's own stack, given the addresses of the pod's interfaces. */
        SANDBOX,
        /** The kernel's, in the pod's network namespace. */
        HOST
    }

    /** @throws Fault.InvalidArgument naming the option that is wrong */
    static GvisorOptions from(Options options) {
        return new GvisorOptions(
                options.path(PATH, Path.of("/usr/bin/runsc")),
                options.text(CONMON_PATH).map(Path::of).or(() -> Programs.find("conmon")),
                options.text(ROOT).map(Path::of),
                oneOf(options, PLATFORM, Platform.SYSTRAP, Platform.values()),
                oneOf(options, NETWORK, Network.SANDBOX, Network.values()),
                options.flag(MONITOR_IN_POD_CGROUP, true));
    }

    /** Where conmon is, or would be: the handler must also be made when it has gone. */
    Path conmonOrDefault() {
        return conmon.orElse(Path.of("/usr/bin/conmon"));
    }

    private static <E extends Enum<E>> E oneOf(Options options, String name, E fallback, E[] legal) {
        Optional<String> text = options.text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        return Arrays.stream(legal)
                .filter(value -> word(value).equals(text.get()))
                .findFirst()
                .orElseThrow(() -> new Fault.InvalidArgument("option " + name + " = '" + text.get() + "' is not one of "
                        + Arrays.toString(legal).toLowerCase(Locale.ROOT)));
    }

    /** As the configuration and runsc spell it. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
