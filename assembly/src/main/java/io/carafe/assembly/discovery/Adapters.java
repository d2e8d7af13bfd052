package io.carafe.assembly.discovery;

import io.carafe.application.status.AdapterProblem;
import io.carafe.domain.fault.Fault;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds providers, over and over, and remembers those that pods were started with. Concurrency: safe. */
public final class Adapters {
    private final AdapterJars jars;

    private Adapters(AdapterJars jars) {
        this.jars = jars;
    }

    /** For one look that leaves nothing behind: JARs are opened where they lie. */
    public static Adapters inPlace() {
        return new Adapters(new AdapterJars(Optional.empty()));
    }

    /** JARs are copied, and the copies opened: the originals may be replaced or taken away. */
    public static Adapters copiedTo(KeptJars copies) {
        return new Adapters(new AdapterJars(Optional.of(copies)));
    }

    /** @param directory of vendors' JARs; need not exist */
    public ProviderCatalog discover(Path directory) {
        List<AdapterProblem> problems = new ArrayList<>();
        var found = jars.in(directory, problems);
        return new ProviderCatalog(
                new ProviderSearch<>(ProviderKind.HANDLER, problems).search(found),
                new ProviderSearch<>(ProviderKind.NETWORK, problems).search(found),
                new ProviderSearch<>(ProviderKind.REGISTRY, problems).search(found),
                new ProviderSearch<>(ProviderKind.STORAGE, problems).search(found),
                new ProviderSearch<>(ProviderKind.HOST, problems).search(found),
                problems);
    }

    /**
     * A handler's provider in a JAR of which only the copy may be left; empty if there is none.
     *
     * @throws Fault.Unavailable if that JAR cannot be used any more
     */
    public Optional<Provider<RuntimeHandlerProvider>> kept(String digest, String name) {
        try {
            Optional<AdapterJar> jar = jars.kept(digest);
            return jar.flatMap(one -> new ProviderSearch<>(ProviderKind.HANDLER, new ArrayList<>())
                    .searchOnly(one).stream()
                            .filter(provider -> provider.name().equals(name))
                            .findFirst());
        } catch (UnfitJarException e) {
            throw new Fault.Unavailable(
                    "the JAR " + digest + " of provider '" + name + "', which pods still need, " + e.reason(), e);
        }
    }

    /** Forgets all JARs but these, and deletes their copies. */
    public void keepOnly(Set<String> digests) {
        jars.keepOnly(digests);
    }
}
