package io.carafe.assembly;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What {@code carafed} was asked to do. Parsed by hand: a library would cost start time for two options. */
sealed interface CommandLine {
    String USAGE = """
            Usage: carafed [--config FILE]
                   carafed config default
                   carafed config check [--config FILE]
                   carafed --help | --version

            Serves the Kubernetes CRI on a unix socket.

              --config FILE        configuration to use; default /etc/carafe/config.toml, which need not exist.
                                   Files config.d/*.toml beside it are laid over it in the order of their names.
              config default       prints the default configuration, every key with its meaning
              config check         says everything that is wrong with a configuration, and what a daemon would meet
                                   with it on this host; changes nothing. The file may also stand alone: config check FILE

            SIGTERM ends the daemon after the calls under way; containers run on. A second one ends it at once.
            SIGHUP has it read the configuration and the adapters directory anew; pods that run keep what they have.
            Exit status: 0 ended as asked, 1 could not start or serve, 2 wrong command line or configuration.
            """;

    /** Names the file, for the daemon and for the check of it. */
    String CONFIG = "--config";

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
            case "--version" -> words.size() == 1 ? new Version() : wrong(words.get(1));
            case "config" -> config(words.subList(1, words.size()));
            default -> withFile(words, Run::new);
        };
    }

    private static CommandLine config(List<String> words) {
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "default" -> words.size() == 1 ? new ConfigDefault() : wrong(words.get(1));
            case "check" -> check(words.subList(1, words.size()));
            case "" -> new Wrong("config wants 'default' or 'check'");
            default -> wrong(words.getFirst());
        };
    }

    private static CommandLine check(List<String> words) {
        if (words.isEmpty() || words.getFirst().startsWith("-")) {
            return withFile(words, ConfigCheck::new);
        }
        return words.size() == 1 ? new ConfigCheck(Optional.of(Path.of(words.getFirst()))) : wrong(words.get(1));
    }

    /** Nothing, or the option that names the file and nothing else. */
    private static CommandLine withFile(List<String> words, Function<Optional<Path>, CommandLine> made) {
        if (words.isEmpty()) {
            return made.apply(Optional.empty());
        }
        List<String> parts = new ArrayList<>(words);
        if (words.getFirst().startsWith(CONFIG + "=")) {
            parts.set(0, CONFIG);
            parts.add(1, words.getFirst().substring(CONFIG.length() + 1));
        }
        if (!parts.getFirst().equals(CONFIG)) {
            return wrong(parts.getFirst());
        }
        if (parts.size() > 2) {
            return wrong(parts.get(2));
        }
        return parts.size() < 2 || parts.get(1).isEmpty()
                ? new Wrong(CONFIG + " wants a file")
                : made.apply(Optional.of(Path.of(parts.get(1))));
    }

    private static CommandLine wrong(String word) {
        return new Wrong("'" + word + "' is not understood here");
    }
}
