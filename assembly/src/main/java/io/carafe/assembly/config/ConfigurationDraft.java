package io.carafe.assembly.config;

import java.util.List;

/**
 * What was read, right or wrong.
 *
 * @param configuration has the default of whatever is wrong
 * @param parsed whether all of the files could be read as TOML; if not, what they mean to say is not known
 */
public record ConfigurationDraft(Configuration configuration, List<ConfigurationProblem> problems, boolean parsed) {
    public ConfigurationDraft {
        problems = List.copyOf(problems);
    }

    /** Whether none of these keys has a value that was passed over for its default. */
    public boolean isAsWritten(String... keys) {
        List<String> asked = List.of(keys);
        return problems.stream().noneMatch(problem -> asked.contains(problem.key()));
    }

    /** The configuration, if nothing is wrong with it. */
    public Configuration good() throws ConfigurationException {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return configuration;
    }
}
