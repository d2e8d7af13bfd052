package io.carafe.assembly.discovery;

import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The providers of one kind.
 *
 * @param usable by name
 * @param refused names that more than one provider has, with the reason
 * @param found all, also those of refused names
 */
public record Providers<T>(
        String kind, Map<String, Provider<T>> usable, Map<String, String> refused, List<Provider<T>> found) {
    public Providers {
        usable = new TreeMap<>(usable);
        refused = new TreeMap<>(refused);
        found = List.copyOf(found);
    }

    public Optional<Provider<T>> find(String name) {
        return Optional.ofNullable(usable.get(name));
    }

    /** The one of that name that came from the JAR of that digest, also where others have its name. */
    public Optional<Provider<T>> findExactly(String name, String digest) {
        return found.stream()
                .filter(provider -> provider.name().equals(name))
                .filter(provider -> provider.digest().equals(digest))
                .findFirst();
    }

    /** The one of that name that is ours, also where a vendor's has its name. */
    public Optional<Provider<T>> findOurs(String name) {
        return found.stream()
                .filter(provider -> provider.name().equals(name) && !provider.isVendors())
                .findFirst();
    }

    /** Whether the named one can work with these options; if there is none, why. */
    public Availability availability(String name, Options options) {
        return find(name)
                .map(provider -> provider.availability(options))
                .orElseGet(() -> new Availability.Missing(absence(name)));
    }

    private String absence(String name) {
        return Optional.ofNullable(refused.get(name))
                .orElseGet(() -> "no " + kind + " provider '" + name + "' is installed; there are "
                        + new TreeSet<>(usable.keySet())
                        + ": correct the name, or put its JAR into the adapters directory");
    }
}
