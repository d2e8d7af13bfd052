package io.carafe.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {
    private static final Optional<Path> FILE = Optional.of(Path.of("f.toml"));

    static Stream<Arguments> lines() {
        return Stream.of(
                line("", new CommandLine.Run(Optional.empty())),
                line("--config f.toml", new CommandLine.Run(FILE)),
                line("--config=f.toml", new CommandLine.Run(FILE)),
                line("--config=", new CommandLine.Wrong("--config wants a file")),
                line("--config=a b", new CommandLine.Wrong("'b' is not understood here")),
                line("--config", new CommandLine.Wrong("--config wants a file")),
                line("--config a b", new CommandLine.Wrong("'b' is not understood here")),
                line("--help", new CommandLine.Help()),
                line("config check -h", new CommandLine.Help()),
                line("--version", new CommandLine.Version()),
                line("--version x", new CommandLine.Wrong("'x' is not understood here")),
                line("config default", new CommandLine.ConfigDefault()),
                line("config default x", new CommandLine.Wrong("'x' is not understood here")),
                line("config check", new CommandLine.ConfigCheck(Optional.empty())),
                line("config check f.toml", new CommandLine.ConfigCheck(FILE)),
                line("config check --config f.toml", new CommandLine.ConfigCheck(FILE)),
                line("config check --config=f.toml", new CommandLine.ConfigCheck(FILE)),
                line("config check --config", new CommandLine.Wrong("--config wants a file")),
                line("config check --config a b", new CommandLine.Wrong("'b' is not understood here")),
                line("config check --colour", new CommandLine.Wrong("'--colour' is not understood here")),
                line("config check f.toml x", new CommandLine.Wrong("'x' is not understood here")),
                line("config", new CommandLine.Wrong("config wants 'default' or 'check'")),
                line("config sing", new CommandLine.Wrong("'sing' is not understood here")),
                line("serve", new CommandLine.Wrong("'serve' is not understood here")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void commandLineIsUnderstood(String line, CommandLine expected) {
        assertThat(CommandLine.parse(line.isEmpty() ? new String[0] : line.split(" ")))
                .isEqualTo(expected);
    }

    private static Arguments line(String line, CommandLine expected) {
        return Arguments.of(line, expected);
    }
}
