package io.carafe.oci.conmon;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.oci.bundle.Bundle;
import io.carafe.oci.cli.OciCommandLine;
import io.carafe.oci.conmon.ConmonCommandLine.Streams;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConmonCommandLineTest {
    private static final Optional<Path> LOG = Optional.of(Path.of("/logs/0.log"));
    private final MonitorFiles files = new MonitorFiles(new Bundle(Path.of("/run/c/id")));

    @Test
    void containerHasBundleLogAndRuntime() {
        assertThat(create(new Streams(LOG, false, false, false), false))
                .startsWith("/usr/bin/conmon", "--sync")
                .containsSequence("--cid", "id", "--cuuid", "id")
                .containsSequence("--bundle", "/run/c/id")
                .containsSequence("--persist-dir", "/run/c/id")
                .containsSequence("--log-path", "k8s-file:/logs/0.log")
                .containsSequence("--runtime", "/usr/sbin/runc", "--runtime-arg=--root=/run/r")
                .contains("--runtime-arg=--systemd-cgroup", "--full-attach")
                .doesNotContain("--terminal", "--stdin", "--leave-stdin-open", "--no-pivot");
    }

    @Test
    void containerWithoutLogHasNone() {
        assertThat(create(new Streams(Optional.empty(), false, false, false), true))
                .containsSequence("--log-path", "none")
                .contains("--no-pivot");
    }

    @Test
    void inputIsLeftOpenUnlessItIsForOneClient() {
        assertThat(create(new Streams(LOG, false, true, false), false)).contains("--stdin", "--leave-stdin-open");
        assertThat(create(new Streams(LOG, false, true, true), false))
                .contains("--stdin")
                .doesNotContain("--leave-stdin-open");
        assertThat(create(new Streams(LOG, true, true, false), false))
                .contains("--terminal")
                .doesNotContain("--stdin");
    }

    @Test
    void execHasNoDirectoryForExitFiles() {
        List<String> argv = conmon(false).execAttached("id", "session", files, Path.of("/p.json"), false, true);

        assertThat(argv)
                .containsSequence("--cid", "id", "--cuuid", "session")
                .containsSequence("--api-version", "1", "--exec", "--exec-attach", "--exec-process-spec", "/p.json")
                .contains("--stdin")
                .doesNotContain("--persist-dir", "--exit-dir", "--leave-stdin-open");
    }

    private List<String> create(Streams streams, boolean noPivot) {
        return conmon(noPivot).create("id", files, streams);
    }

    private static ConmonCommandLine conmon(boolean noPivot) {
        return new ConmonCommandLine(
                Path.of("/usr/bin/conmon"),
                new OciCommandLine(Path.of("/usr/sbin/runc"), Path.of("/run/r"), List.of("--systemd-cgroup")),
                noPivot);
    }
}
