package io.carafe.assembly;

import io.carafe.assembly.config.Configuration;
import io.carafe.assembly.config.ConfigurationException;
import io.carafe.assembly.config.ConfigurationFile;
import io.carafe.assembly.config.ConfigurationProblem;
import io.carafe.assembly.discovery.Adapters;
import io.carafe.assembly.discovery.ProviderCatalog;
import io.carafe.ports.spi.Availability;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code carafed config …}: speaks to a person, so to the given streams and not to the log. */
record ConfigCommands(PrintStream out, PrintStream err) {
    /** The shipped file, as it is. */
    void printDefault() {
        try (InputStream file = Objects.requireNonNull(
                Configuration.class.getResourceAsStream("config.toml"), "config.toml is missing in the JAR")) {
            file.transferTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is to be said of a configuration. */
    enum Verdict {
        GOOD,
        /** Right, but a daemon could not start with it here. */
        UNSERVED,
        WRONG
    }

    /** Says all that a daemon would say at its start, and which handlers it would have to do without. */
    Verdict check(Optional<Path> file) {
        try {
            Configuration configuration = read(file);
            ProviderCatalog catalog = Adapters.inPlace().discover(Distribution.adapters(configuration));
            List<ConfigurationProblem> problems = catalog.problemsOf(configuration);
            if (!problems.isEmpty()) {
                throw new ConfigurationException(problems);
            }
            catalog.problems().forEach(problem -> err.println("warning: " + problem));
            configuration.handlers().forEach((name, settings) -> {
                if (catalog.handlers().availability(settings.provider(), settings.options())
                        instanceof Availability.Missing(String reason)) {
                    err.println("warning: handler '" + name + "' cannot be used: " + reason);
                }
            });
            List<String> unserved = catalog.unservedOf(configuration);
            if (!unserved.isEmpty()) {
                unserved.forEach(sentence -> err.println("carafed cannot start here: " + sentence));
                return Verdict.UNSERVED;
            }
            out.println(file.orElse(ConfigurationFile.DEFAULT) + " is good");
            return Verdict.GOOD;
        } catch (ConfigurationException e) {
            err.println(e.report());
            return Verdict.WRONG;
        }
    }

    /** The named file, which must exist, or the default one, which need not. */
    static Configuration read(Optional<Path> file) throws ConfigurationException {
        return file.isPresent()
                ? ConfigurationFile.read(file.get())
                : ConfigurationFile.readIfThere(ConfigurationFile.DEFAULT);
    }
}
