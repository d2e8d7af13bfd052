package io.carafe.assembly.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.assembly.dist.BuiltDistribution.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionIT {
    @TempDir
    Path directory;

    private final BuiltDistribution built = BuiltDistribution.built();

    @Test
    void helpAndVersionGoToStandardOutput() throws Exception {
        Ended help = built.carafed("--help");
        Ended version = built.carafed("--version");

        assertThat(help.out()).startsWith("Usage: carafed");
        assertThat(help.status()).isZero();
        assertThat(version.out()).matches("carafed \\d+\\.\\d+\\.\\d+\\S*\n");
    }

    @Test
    void wrongCommandLineIsRefusedWithStatus2() throws Exception {
        Ended ended = built.carafed("--colour");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).isEqualTo("carafed: '--colour' is not understood here; see carafed --help\n");
    }

    @Test
    void printedDefaultConfigurationIsTheShippedOneAndGood() throws Exception {
        Ended printed = built.carafed("config", "default");
        Path file = Files.writeString(directory.resolve("config.toml"), printed.out());

        Ended checked = built.carafed("config", "check", file.toString());

        assertThat(printed.out()).isEqualTo(Files.readString(built.home().resolve("conf/config.toml")));
        assertThat(checked.out()).isEqualTo(file + " is good\n");
        assertThat(checked.status()).isZero();
    }

    @Test
    void scopeToWhichAnswersSendPeopleIsThere() throws Exception {
        assertThat(Files.readString(built.home().resolve("SCOPE.md")))
                .contains("| CheckpointContainer, CheckpointPod, RestorePod |");
    }

    @Test
    void allProblemsOfAConfigurationAreNamedWithFileAndLine() throws Exception {
        Path file = Files.writeString(
                directory.resolve("config.toml"),
                "[daemon]\nrooot = '/x'\n[network]\nbin_dir = '/x'\n[registry]\nport = 1\n");

        for (Ended ended : List.of(built.carafed("config", "check", file + ""), built.carafed("--config", file + ""))) {
            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.err()).contains(file + ":2: ");
        }
    }

    @Test
    void copyRunsThroughALinkFromAnywhereAndKeepsItsCache() throws Exception {
        BuiltDistribution copy = built.copiedTo(directory.resolve("a copy"));
        Path link = Files.createSymbolicLink(
                directory.resolve("carafed"), copy.home().resolve("bin/carafed"));

        Ended ended = BuiltDistribution.run(link, "--config", directory.resolve("none.toml") + "");

        assertThat(ended.err()).contains("none.toml: does not exist").doesNotContain("AOT cache");
    }

    /** The JVM would look into the JARs that the cache was made with, which other hosts do not have. */
    @Test
    void copyFindsItsProvidersWhereTheOriginalIsNot() throws Exception {
        BuiltDistribution copy = built.copiedTo(directory.resolve("copy"));
        Path config = Files.writeString(
                directory.resolve("config.toml"),
                copy.carafed("config", "default").out());

        Ended ended = BuiltDistribution.run(
                Path.of("/usr/bin/unshare"),
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs none \"$1\" && shift && exec \"$@\"",
                "sh",
                built.home().toString(),
                copy.home().resolve("bin/carafed").toString(),
                "config",
                "check",
                config.toString());

        assertThat(ended.out()).isEqualTo(config + " is good\n");
        assertThat(ended.err()).doesNotContain("AOT");
    }

    @Test
    void cacheOfOtherJarsIsNotUsedAndTheLogSaysSo() throws Exception {
        BuiltDistribution copy = built.copiedTo(directory.resolve("copy"));
        Path config = Files.writeString(directory.resolve("config.toml"), "[registry]\nprovider = 'nobody'\n");
        try (Stream<Path> jars = Files.list(copy.home().resolve("lib"))) {
            Path jar = jars.filter(file -> file.toString().contains("jakarta.inject"))
                    .findAny()
                    .orElseThrow();
            Files.write(jar, new byte[1], java.nio.file.StandardOpenOption.APPEND);
        }

        Ended ended = copy.carafed("--config", config.toString());

        assertThat(ended.err().lines().filter(line -> line.contains("the JVM refused the AOT cache")))
                .hasSize(1);
        assertThat(ended.status()).isEqualTo(2);
    }
}
