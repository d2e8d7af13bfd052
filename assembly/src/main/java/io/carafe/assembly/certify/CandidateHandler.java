package io.carafe.assembly.certify;

import io.carafe.ports.tck.runtime.HandlerProcess;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The JVM that the kit kills: serves a provider of an adapters directory, which is not its own, since it will not clean up. Arguments:
 * the provider's name, the directory or nothing, those of the kit.
 */
final class CandidateHandler {
    private static final int OWN_ARGUMENTS = 2;

    private CandidateHandler() {}

    static List<String> arguments(String provider, Optional<Path> adapters) {
        return List.of(provider, adapters.map(Path::toString).orElse(""));
    }

    public static void main(String... arguments) throws Exception {
        Optional<Path> adapters =
                Optional.of(arguments[1]).filter(text -> !text.isEmpty()).map(Path::of);
        var provider = CandidateProviders.in(adapters).find(arguments[0]).orElseThrow();
        HandlerProcess.serve(provider.service(), Arrays.asList(arguments).subList(OWN_ARGUMENTS, arguments.length));
    }
}
