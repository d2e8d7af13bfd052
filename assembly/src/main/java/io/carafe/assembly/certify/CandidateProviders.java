package io.carafe.assembly.certify;

import io.carafe.assembly.discovery.Adapters;
import io.carafe.assembly.discovery.Provider;
import io.carafe.assembly.discovery.ProviderCatalog;
import io.carafe.assembly.discovery.Providers;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The providers of the distribution and of one JAR, found as the daemon finds them: in an adapters directory that has this JAR alone.
 *
 * @param adapters that directory
 */
record CandidateProviders(Providers<RuntimeHandlerProvider> providers, Optional<Path> adapters) {
    private static final Path NO_ADAPTERS = Path.of("/nonexistent");

    /**
     * Those of the JAR, or without one those of the distribution.
     *
     * @throws Refusal if the JAR brings no handler that can be used
     */
    static CandidateProviders of(Optional<Path> jar) throws Refusal {
        if (jar.isEmpty()) {
            return new CandidateProviders(
                    Adapters.inPlace().discover(NO_ADAPTERS).handlers(), Optional.empty());
        }
        Path file = jar.get();
        if (!Files.isRegularFile(file)) {
            throw new Refusal("--jar " + file + ": there is no such file");
        }
        if (!file.getFileName().toString().endsWith(".jar")) {
            throw new Refusal("--jar " + file + ": its name does not end with .jar, so carafed would not look at it");
        }
        Path adapters = directoryOf(file);
        ProviderCatalog catalog = Adapters.inPlace().discover(adapters);
        if (!catalog.problems().isEmpty()) {
            String link = adapters.resolve(file.getFileName()).toString();
            throw new Refusal(catalog.problems().stream()
                    .map(problem -> problem.toString().replace(link, file.toString()))
                    .collect(Collectors.joining("\n")));
        }
        var candidates = new CandidateProviders(catalog.handlers(), Optional.of(adapters));
        if (candidates.names().isEmpty()) {
            throw new Refusal("--jar " + file + ": it has no RuntimeHandlerProvider");
        }
        return candidates;
    }

    /** The same, in another process. */
    static Providers<RuntimeHandlerProvider> in(Optional<Path> adapters) {
        return Adapters.inPlace().discover(adapters.orElse(NO_ADAPTERS)).handlers();
    }

    /** Of those that are to be certified. */
    Set<String> names() {
        return providers.usable().values().stream()
                .filter(this::isCandidate)
                .map(Provider::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isCandidate(Provider<?> provider) {
        return adapters.isEmpty() || Path.of(provider.source()).startsWith(adapters.get());
    }

    /** Goes with the JVM. */
    private static Path directoryOf(Path jar) {
        try {
            Path directory = Files.createTempDirectory("carafe-certify");
            Path link = Files.createSymbolicLink(directory.resolve(jar.getFileName()), jar);
            directory.toFile().deleteOnExit();
            link.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
