package io.carafe.assembly.discovery;

import io.carafe.application.status.AdapterProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Finds the providers of one kind; whatever a provider or its JAR does wrong becomes a problem. */
final class ProviderSearch<T> {
    /** A broken services file must not keep us here: ServiceLoader may report it again and again. */
    private static final int MOST_FAILURES = 100;

    private final ProviderKind<T> kind;
    private final List<AdapterProblem> problems;
    private final Map<String, List<Provider<T>>> found = new TreeMap<>();

    ProviderSearch(ProviderKind<T> kind, List<AdapterProblem> problems) {
        this.kind = kind;
        this.problems = problems;
    }

    Providers<T> search(List<AdapterJar> jars) {
        load(ServiceLoader.load(kind.type(), ProviderSearch.class.getClassLoader()), Optional.empty());
        for (AdapterJar jar : jars) {
            load(ServiceLoader.load(kind.type(), jar.loader()), Optional.of(jar));
        }
        Map<String, Provider<T>> usable = new TreeMap<>();
        Map<String, String> refused = new TreeMap<>();
        found.forEach((name, candidates) -> {
            if (candidates.size() == 1) {
                usable.put(name, candidates.getFirst());
            } else {
                List<String> sources = candidates.stream().map(Provider::source).toList();
                String reason = kind.title() + " provider '" + name + "' is there more than once, so none is used: "
                        + sources + "; take all but one away";
                refused.put(name, reason);
                sources.forEach(source -> problems.add(new AdapterProblem(source, reason)));
            }
        });
        return new Providers<>(kind.title(), usable, refused, all());
    }

    /** Those of one JAR, whatever else has their names. */
    List<Provider<T>> searchOnly(AdapterJar jar) {
        load(ServiceLoader.load(kind.type(), jar.loader()), Optional.of(jar));
        return all();
    }

    private List<Provider<T>> all() {
        return found.values().stream().flatMap(List::stream).toList();
    }

    private void load(ServiceLoader<T> loader, Optional<AdapterJar> jar) {
        Iterator<T> services = loader.iterator();
        int failures = 0;
        while (failures < MOST_FAILURES) {
            try {
                if (!services.hasNext()) {
                    return;
                }
                add(services.next(), jar);
            } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
                failures++;
                problems.add(new AdapterProblem(
                        jar.map(one -> one.origin().toString()).orElse("the class path"),
                        "a " + kind.title() + " provider cannot be used: " + e + cause(e)));
            }
        }
    }

    private static String cause(Throwable failure) {
        return failure.getCause() == null ? "" : ": " + failure.getCause();
    }

    private void add(T service, Optional<AdapterJar> jar) {
        Optional<Path> origin = jar.map(AdapterJar::origin).or(() -> origin(service));
        var provider = new Provider<>(
                kind.name().apply(service),
                service,
                kind.optionNames().apply(service),
                origin.map(Path::toString).orElse("the class path"),
                jar.map(AdapterJar::digest)
                        .orElseGet(() -> origin.filter(Files::isRegularFile)
                                .map(ProviderSearch::digest)
                                .orElse("")),
                jar.isPresent(),
                kind.availability());
        found.computeIfAbsent(provider.name(), _ -> new ArrayList<>()).add(provider);
    }

    private static Optional<Path> origin(Object service) {
        return Optional.ofNullable(service.getClass().getProtectionDomain().getCodeSource())
                .map(source -> Path.of(URI.create(source.getLocation().toString())));
    }

    private static String digest(Path file) {
        try {
            return JarDigest.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot take the digest of " + file, e);
        }
    }
}
