package io.carafe.assembly.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.assembly.dist.BuiltDistribution.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A handler that claims a feature and does not give it is found out: runc, from whose spec it has been taken. */
class CertifyFeaturesIT {
    @TempDir
    Path directory;

    /** What it must not take from a spec is in {@code change}, for sed. */
    @ParameterizedTest
    @CsvSource(delimiter = '@', quoteCharacter = '`', textBlock = """
            filtered system call is refused                @ s/"seccomp":/"none":/
            filter holds for commands too                  @ s/"seccomp":/"none":/
            device is there under its name                 @ s/"devices":.{"path"/"none":[{"path"/
            device is used as its permissions say          @ s/"access":"[rw]"/"access":"rwm"/
            device that is not given cannot be made        @ s/"allow":false/"allow":true/
            mount is read only with all                    @ s/"rro"/"ro"/
            mount of the host reaches a container          @ s/"rslave"/"rprivate"/g
            mount of a container reaches the host          @ s/"rshared"/"rslave"/g
            container with all capabilities may mount      @ s/"CAP_SYS_ADMIN"/"CAP_KILL"/g
            pod that asks for nothing of the hosts         @ s/{"type":"ipc",[^}]*},//
            pod in the hosts network has that              @ s/"type":"mount"}/&,{"type":"network"}/
            pod in the hosts ipc has that                  @ s/"type":"mount"}/&,{"type":"ipc"}/
            pod among the hosts processes                  @ s/"type":"mount"}/&,{"type":"pid"}/
            container joins the processes of its target    @ s/{"type":"pid",[^}]*}/{"type":"pid"}/
            sysctls of a pod hold in its containers alone  @ s/{"type":"network",[^}]*}/{"type":"network"}/
            """)
    void featureThatIsClaimedAndNotGivenFails(String claim, String change) throws Exception {
        Path broken = Files.writeString(directory.resolve("runc"), """
                #!/bin/sh
                before=
                for word in "$@"; do
                    if [ "$before" = --bundle ]; then sed -i '%s' "$word/config.json"; fi
                    before=$word
                done
                exec runc "$@"
                """.formatted(change));
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path config = Files.writeString(
                directory.resolve("config.toml"), "[handlers.runc]\nprovider = 'runc'\npath = '" + broken + "'\n");

        Ended ended = BuiltDistribution.run(
                BuiltDistribution.built().home().resolve("bin/carafe-certify"),
                "--config",
                config.toString(),
                "--focus",
                "features: " + claim);

        assertThat(ended.out())
                .containsPattern("FAILED (pod|container) features: " + claim)
                .endsWith("\n0 passed, 1 failed, 0 skipped\n");
        assertThat(ended.status()).isEqualTo(1);
    }
}
