package io.carafe.assembly.reload;

import io.carafe.assembly.config.Configuration;
import io.carafe.assembly.config.ConfigurationException;
import io.carafe.assembly.config.ConfigurationProblem;
import io.carafe.assembly.discovery.Adapters;
import io.carafe.assembly.discovery.ProviderCatalog;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/**
 * Where readings come from.
 *
 * @param file reads the configuration
 * @param directory of vendors' JARs, as a configuration says
 */
public record ConfigurationSource(
        ConfigurationReader file, Function<Configuration, Path> directory, Adapters adapters, InstantSource clock) {
    /** Reads a configuration, or says all that is wrong with it. */
    @FunctionalInterface
    public interface ConfigurationReader {
        Configuration read() throws ConfigurationException;
    }

    public Reading read() throws ConfigurationException {
        return with(file.read());
    }

    /** Of a configuration that was just read, with the adapters of now. */
    public Reading with(Configuration configuration) throws ConfigurationException {
        Instant at = clock.instant();
        ProviderCatalog catalog = adapters.discover(directory.apply(configuration));
        List<ConfigurationProblem> problems = catalog.problemsOf(configuration);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Reading(configuration, catalog, at);
    }
}
