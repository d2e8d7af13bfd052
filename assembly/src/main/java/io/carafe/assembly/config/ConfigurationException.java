package io.carafe.assembly.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is refused; carries all its problems, so that one reading of them is enough. */
public final class ConfigurationException extends Exception {
    private final transient List<ConfigurationProblem> problems;

    public ConfigurationException(List<ConfigurationProblem> problems) {
        super(lines(problems));
        this.problems = List.copyOf(problems);
    }

    public List<ConfigurationProblem> problems() {
        return problems;
    }

    /** A line each. */
    public String report() {
        return lines(problems);
    }

    private static String lines(List<ConfigurationProblem> problems) {
        return problems.stream().map(ConfigurationProblem::toString).collect(Collectors.joining("\n"));
    }
}
