package io.carafe.assembly.discovery;

import io.carafe.assembly.discovery.AdapterJars.AdapterJar;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
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
    private final List<DiscoveryProblem> problems;
    private final Map<String, List<Provider<T>>> found = new TreeMap<>();

    ProviderSearch(ProviderKind<T> kind, List<DiscoveryProblem> problems) {
        this.kind = kind;
        this.problems = problems;
    }

    Providers<T> search(List<AdapterJar> jars) {
        load(ServiceLoader.load(kind.type(), ProviderSearch.class.getClassLoader()), Optional.empty());
        for (AdapterJar jar : jars) {
            load(ServiceLoader.load(kind.type(), jar.loader()), Optional.of(jar.file()));
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
                sources.forEach(source -> problems.add(new DiscoveryProblem(source, reason)));
            }
        });
        return new Providers<>(kind.title(), usable, refused);
    }

    private void load(ServiceLoader<T> loader, Optional<Path> jar) {
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
                problems.add(new DiscoveryProblem(
                        jar.map(Path::toString).orElse("the class path"),
                        "a " + kind.title() + " provider cannot be used: " + e));
            }
        }
    }

    private void add(T service, Optional<Path> jar) {
        Optional<Path> origin = jar.or(() -> origin(service));
        var provider = new Provider<>(
                kind.name().apply(service),
                service,
                kind.optionNames().apply(service),
                origin.map(Path::toString).orElse("the class path"),
                origin.filter(Files::isRegularFile).map(ProviderSearch::digest).orElse(""),
                kind.availability());
        found.computeIfAbsent(provider.name(), _ -> new ArrayList<>()).add(provider);
    }

    private static Optional<Path> origin(Object service) {
        return Optional.ofNullable(service.getClass().getProtectionDomain().getCodeSource())
                .map(source -> Path.of(URI.create(source.getLocation().toString())));
    }

    private static String digest(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
            }
            return "sha256:" + HexFormat.of().formatHex(sha256.digest());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("cannot take the digest of " + file, e);
        }
    }
}
