package io.carafe.assembly;

import io.carafe.assembly.config.Configuration;
import io.carafe.assembly.config.ConfigurationDraft;
import io.carafe.assembly.config.ConfigurationException;
import io.carafe.assembly.config.ConfigurationFile;
import io.carafe.assembly.config.ConfigurationProblem;
import io.carafe.assembly.discovery.Adapters;
import io.carafe.assembly.discovery.ProviderCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code carafed config …}: speaks to a person, so to the given streams and not to the log.
 *
 * @param standard the file that is meant when none is named
 */
record ConfigCommands(PrintStream out, PrintStream err, Path standard) {
    ConfigCommands(PrintStream out, PrintStream err) {
        this(out, err, ConfigurationFile.DEFAULT);
    }

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

    /** Says all that a daemon would say at its start, and what it would have to do without. */
    Verdict check(Optional<Path> file) {
        ConfigurationDraft draft = draft(file);
        draft.problems().forEach(err::println);
        if (!draft.parsed()) {
            return Verdict.WRONG; // what more could be said would be of other values than the file's
        }
        Configuration configuration = draft.configuration();
        ProviderCatalog catalog = Adapters.inPlace().discover(Distribution.adapters(configuration));
        List<ConfigurationProblem> problems = catalog.problemsOf(configuration);
        problems.forEach(err::println);
        var start = new StartCheck(draft, catalog);
        start.warnings().forEach(sentence -> err.println("warning: " + sentence));
        List<String> failures = start.failures();
        failures.forEach(sentence -> err.println("carafed cannot start here: " + sentence));
        if (!draft.problems().isEmpty() || !problems.isEmpty()) {
            return Verdict.WRONG;
        }
        if (!failures.isEmpty()) {
            return Verdict.UNSERVED;
        }
        out.println(approval(file));
        return Verdict.GOOD;
    }

    private String approval(Optional<Path> file) {
        Path checked = file.orElse(standard);
        return Files.exists(checked)
                ? checked + " is good"
                : checked + " does not exist: carafed runs with what is built in ('carafed config default' prints it)"
                        + " and with config.d/*.toml beside it, and that is good";
    }

    private ConfigurationDraft draft(Optional<Path> file) {
        return file.map(ConfigurationFile::draft).orElseGet(() -> ConfigurationFile.draftIfThere(standard));
    }

    /** The named file, which must exist, or the default one, which need not. */
    static Configuration read(Optional<Path> file) throws ConfigurationException {
        return file.isPresent()
                ? ConfigurationFile.read(file.get())
                : ConfigurationFile.readIfThere(ConfigurationFile.DEFAULT);
    }
}
