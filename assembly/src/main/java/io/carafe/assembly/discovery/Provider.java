package io.carafe.assembly.discovery;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A provider that was found, alone under its name.
 *
 * @param optionNames what its section may say besides {@code provider}
 * @param source the JAR or directory it came from
 * @param digest sha256 of that JAR, empty for a directory
 * @param isVendors whether it came from the adapters directory, not from the class path
 * @param answer the provider's own word on whether it can work
 */
public record Provider<T>(
        String name,
        T service,
        Set<String> optionNames,
        String source,
        String digest,
        boolean isVendors,
        BiFunction<T, Options, Availability> answer) {
    public Provider {
        optionNames = Set.copyOf(optionNames);
    }

    /** The same, asked in another way. */
    Provider<T> answering(BiFunction<T, Options, Availability> other) {
        return new Provider<>(name, service, optionNames, source, digest, isVendors, other);
    }

    /** Why one of these options is right on no host, in the provider's words; empty if none is so wrong. */
    public Optional<String> refusal(Options options) {
        try {
            var _ = answer.apply(service, options);
            return Optional.empty();
        } catch (Fault.InvalidArgument e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            return Optional.empty(); // a matter of availability
        }
    }

    /** Whether it can work here; a provider that throws instead of answering cannot. */
    public Availability availability(Options options) {
        try {
            return answer.apply(service, options);
        } catch (Fault.InvalidArgument e) {
            return new Availability.Missing(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            return new Availability.Missing("provider '" + name + "' of " + source + " failed to answer: " + e);
        }
    }
}
