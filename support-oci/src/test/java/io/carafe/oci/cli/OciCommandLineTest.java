package io.carafe.oci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OciCommandLineTest {
    private static final Path LOG = Path.of("/l");
    private final OciCommandLine commands =
            new OciCommandLine(Path.of("/usr/sbin/runc"), Path.of("/run/r"), List.of("--systemd-cgroup"));

    @Test
    void globalFlagsComeBeforeTheSubCommand() {
        assertThat(commands.start("id", LOG))
                .containsExactly(
                        "/usr/sbin/runc",
                        "--root=/run/r",
                        "--systemd-cgroup",
                        "--log=/l",
                        "--log-format=json",
                        "start",
                        "id");
        assertThat(commands.deleteByForce("id", LOG)).endsWith("delete", "--force", "id");
        assertThat(commands.update("id", LOG)).endsWith("update", "--resources", "-", "id");
    }

    @Test
    void execNamesProcessAndPidFile() {
        assertThat(commands.exec("id", Path.of("/p.json"), Path.of("/pid"), LOG))
                .endsWith("exec", "--process", "/p.json", "--pid-file", "/pid", "id");
    }

    @Test
    void versionAndFeaturesNeedNoState() {
        assertThat(commands.version()).containsExactly("/usr/sbin/runc", "--version");
        assertThat(commands.features()).containsExactly("/usr/sbin/runc", "features");
    }
}
