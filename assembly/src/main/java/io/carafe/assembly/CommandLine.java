package io.carafe.assembly;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What {@code carafed} was asked to do. Parsed by hand: a library would cost start time for two options. */
sealed interface CommandLine {
    String USAGE = """
            Usage: carafed [--config FILE]
                   carafed config default
                   carafed config check [FILE]
                   carafed --help | --version

            Serves the Kubernetes CRI on a unix socket.

              --config FILE        configuration to use; default /etc/carafe/config.toml, which need not exist.
                                   Files config.d/*.toml beside it are laid over it in the order of their names.
              config default       prints the default configuration, every key with its meaning
              config check [FILE]  says everything that is wrong with a configuration, and what a daemon could not
                                   serve here

            SIGTERM ends the daemon after the calls under way; containers run on. A second one ends it at once.
            SIGHUP has it read the configuration and the adapters directory anew; pods that run keep what they have.
            Exit status: 0 ended as asked, 1 could not start or serve, 2 wrong command line or configuration.
            """;

    record Run(Optional<Path> config) implements CommandLine {}

    record ConfigDefault() implements CommandLine {}

    record ConfigCheck(Optional<Path> config) implements CommandLine {}

    record Help() implements CommandLine {}

    record Version() implements CommandLine {}

    record Wrong(String message) implements CommandLine {}

    static CommandLine parse(String... arguments) {
        List<String> words = Arrays.asList(arguments);
        if (words.contains("--help") || words.contains("-h")) {
            return new Help();
        }
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "" -> new Run(Optional.empty());
            case "--version" -> words.size() == 1 ? new Version() : wrong(words.get(1));
            case "--config" ->
                words.size() == 2
                        ? new Run(Optional.of(Path.of(words.get(1))))
                        : words.size() == 1 ? new Wrong("--config wants a file") : wrong(words.get(2));
            case "config" -> config(words.subList(1, words.size()));
            default ->
                words.size() == 1 && words.getFirst().startsWith("--config=")
                        ? new Run(Optional.of(Path.of(words.getFirst().substring("--config=".length()))))
                        : wrong(words.getFirst());
        };
    }

    private static CommandLine config(List<String> words) {
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "default" -> words.size() == 1 ? new ConfigDefault() : wrong(words.get(1));
            case "check" ->
                switch (words.size()) {
                    case 1 -> new ConfigCheck(Optional.empty());
                    case 2 -> new ConfigCheck(Optional.of(Path.of(words.get(1))));
                    default -> wrong(words.get(2));
                };
            case "" -> new Wrong("config wants 'default' or 'check'");
            default -> wrong(words.getFirst());
        };
    }

    private static CommandLine wrong(String word) {
        return new Wrong("'" + word + "' is not understood here");
    }
}
