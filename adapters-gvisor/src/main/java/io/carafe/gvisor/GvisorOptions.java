package io.carafe.gvisor;

import io.carafe.domain.fault.Fault;
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
 * @param root where runsc keeps its state, empty for the handler's run directory ({@code root})
 * @param platform how system calls are caught ({@code platform})
 * @param network whose network stack containers use ({@code network})
 */
record GvisorOptions(Path path, Optional<Path> root, Platform platform, Network network) {
    static final Set<String> NAMES = Set.of("path", "root", "platform", "network");

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
                options.path("path", Path.of("/usr/bin/runsc")),
                options.text("root").map(Path::of),
                oneOf(options, "platform", Platform.SYSTRAP, Platform.values()),
                oneOf(options, "network", Network.SANDBOX, Network.values()));
    }

    private static <E extends Enum<E>> E oneOf(Options options, String name, E fallback, E[] legal) {
        Optional<String> text = options.text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        return Arrays.stream(legal)
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text.get()))
                .findFirst()
                .orElseThrow(() -> new Fault.InvalidArgument("option " + name + " = '" + text.get() + "' is not one of "
                        + Arrays.toString(legal).toLowerCase(Locale.ROOT)));
    }
}
