package io.carafe.assembly.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.assembly.dist.BuiltDistribution.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code carafe-certify} on the distribution's own run-time image. */
class CertifyIT {
    private static final Path UNSHARE = Path.of("/usr/bin/unshare");

    @TempDir
    Path directory;

    private final Path program = BuiltDistribution.built().home().resolve("bin/carafe-certify");
    private Path config;

    @BeforeEach
    void writeConfiguration() throws Exception {
        config = Files.writeString(directory.resolve("config.toml"), "[handlers.runc]\nprovider = 'runc'\n");
    }

    @Test
    void claimsInFocusAreCountedAndMissingFeaturesHaveTheirReasons() throws Exception {
        Ended ended = BuiltDistribution.run(
                program, "--config", config.toString(), "--focus", "containers: (exit code is told|life is)");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .startsWith("Certifying [handlers.runc], provider 'runc' of the distribution\n")
                .contains("  PAUSE: CRI has no call that pauses a container")
                .endsWith("\n2 passed, 0 failed, 0 skipped\n");
        assertThat(ended.status()).isZero();
    }

    @Test
    void deathOfTheDaemonIsPlayedInAJvmOfItsOwn() throws Exception {
        Ended ended = BuiltDistribution.run(
                program, "--config", config.toString(), "--focus", "death: every step that was taken");

        assertThat(ended.out()).endsWith("\n1 passed, 0 failed, 0 skipped\n");
    }

    @Test
    void handlerThatBreaksAClaimFailsWithWhatWasExpected() throws Exception {
        Path broken = Files.writeString(directory.resolve("runc"), """
                #!/bin/sh
                case " $* " in *" exec "*) set -- "$@" && runc "$@" && exit 0 || exit 42 ;; esac
                exec runc "$@"
                """);
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(config, "[handlers.runc]\nprovider = 'runc'\npath = '" + broken + "'\n");
        Path report = directory.resolve("report");

        Ended ended = BuiltDistribution.run(
                program, "--config", config + "", "--focus", "every exit code", "--report", report + "");

        assertThat(ended.out())
                .contains("FAILED execs: every exit code is the commands own")
                .contains("expected: 1", "but was: 42", "ExecsTck")
                .endsWith("\n0 passed, 1 failed, 0 skipped\n");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(report.resolve("TEST-junit-jupiter.xml")).content().contains("<failure", "but was: 42");
    }

    @Test
    void claimThatNeverEndsFails() throws Exception {
        Path stuck = Files.writeString(directory.resolve("runc"), """
                #!/bin/sh
                case " $* " in *" start "*) exec sleep 100 ;; esac
                exec runc "$@"
                """);
        Files.setPosixFilePermissions(stuck, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(config, "[handlers.runc]\nprovider = 'runc'\npath = '" + stuck + "'\n");

        Ended ended = BuiltDistribution.run(
                Path.of("/usr/bin/env"),
                "CARAFE_JAVA_OPTS=-Djunit.jupiter.execution.timeout.default=10s",
                program.toString(),
                "--config",
                config.toString(),
                "--focus",
                "containers: exit code is told");

        assertThat(ended.out())
                .contains("FAILED containers: exit code is told", "timed out after 10 seconds")
                .endsWith("\n0 passed, 1 failed, 0 skipped\n");
        assertThat(ended.status()).isEqualTo(1);
    }

    @Test
    void handlerThatCannotDeleteLeavesNothingAllTheSame() throws Exception {
        Path broken = Files.writeString(directory.resolve("runc"), """
                #!/bin/sh
                case " $* " in *" delete "*) echo no deletion today >&2 && exit 1 ;; esac
                exec runc "$@"
                """);
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(config, "[handlers.runc]\nprovider = 'runc'\npath = '" + broken + "'\n");
        Path temporary = Files.createDirectory(directory.resolve("t"));

        Ended ended = BuiltDistribution.run(
                Path.of("/usr/bin/env"),
                "CARAFE_JAVA_OPTS=-Djava.io.tmpdir=" + temporary,
                program.toString(),
                "--config",
                config.toString(),
                "--focus",
                "containers: life is");

        assertThat(ended.out()).contains("no deletion today").endsWith("\n0 passed, 1 failed, 0 skipped\n");
        assertThat(Path.of("/proc/self/mountinfo")).content().doesNotContain(temporary.toString());
        assertThat(ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream()))
                .noneMatch(line -> line.contains(temporary.toString()));
    }

    @Test
    void nothingInFocusIsNoCertificate() throws Exception {
        Ended ended = BuiltDistribution.run(program, "--config", config.toString(), "--focus", "no such claim");

        assertThat(ended.out()).endsWith("\n0 passed, 0 failed, 0 skipped\n");
        assertThat(ended.status()).isEqualTo(1);
    }

    @Test
    void userWhoIsNotRootIsTold() throws Exception {
        // root is not root in a user namespace that maps nobody
        Ended ended = BuiltDistribution.run(UNSHARE, words("--user"));

        assertThat(ended.err())
                .startsWith("carafe-certify: the kit makes namespaces, mounts and cgroups, so it must be run as root");
        assertThat(ended.status()).isEqualTo(2);
    }

    @Test
    void hostWithoutAStaticBusyboxIsTold() throws Exception {
        Ended ended = BuiltDistribution.run(
                UNSHARE,
                words(
                        "--mount",
                        "sh",
                        "-c",
                        "mount --bind /dev/null \"$(readlink -f /bin/busybox)\" && exec \"$@\"",
                        "sh"));

        assertThat(ended.err()).startsWith("carafe-certify: there is no static busybox in /bin or /usr/bin");
        assertThat(ended.status()).isEqualTo(2);
    }

    private String[] words(String... before) {
        List<String> words = new ArrayList<>(List.of(before));
        words.addAll(List.of(program.toString(), "--config", config.toString()));
        return words.toArray(String[]::new);
    }
}
