package io.carafe.ports.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.spec.OciDevice;
import io.carafe.ports.host.HostFacts;
import io.carafe.ports.spi.BackendContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link HostFacts} does. */
public abstract class HostFactsTck {
    @TempDir
    Path temporary;

    protected Path directory;
    protected HostFacts facts;

    /** The port over a context. */
    protected abstract HostFacts create(BackendContext context, CgroupDriver driver);

    @BeforeEach
    void make() throws IOException {
        directory = temporary.toRealPath();
        facts = create(TckContexts.in(directory, Map.of()), CgroupDriver.CGROUPFS);
    }

    @Test
    void factsAreSpelledAsTheSpecsSpellThem() {
        assertThat(facts.platform().os()).isEqualTo("linux");
        assertThat(facts.platform().architecture()).isIn("amd64", "arm64");
        assertThat(facts.cgroupDriver()).isEqualTo(CgroupDriver.CGROUPFS);
        assertThat(facts.grantableCapabilities()).contains("CAP_CHOWN").allMatch(name -> name.startsWith("CAP_"));
        assertThat(facts.lowestOomScoreAdj()).isBetween(-1000, 1000);
        assertThat(facts.hostname()).isNotBlank();
        assertThat(facts.kernelVersion()).matches("[0-9]+\\.[0-9]+.*");
        assertThat(facts.memory()).isGreaterThan(Bytes.ofMebibytes(64));
    }

    @Test
    void nextDaemonIsToldTheSameBoot() {
        HostFacts next = create(TckContexts.in(directory, Map.of()), CgroupDriver.CGROUPFS);

        assertThat(facts.boot()).isNotBlank().isEqualTo(next.boot());
    }

    @Test
    void deviceIsToldWithItsNumbers() {
        assertThat(facts.devices(Path.of("/dev/null"))).singleElement().satisfies(HostFactsTck::isNull);
    }

    @Test
    void allDevicesAreThoseThatAContainerHasNotOfItsOwn() {
        assertThat(facts.allDevices())
                .anySatisfy(HostFactsTck::isNull)
                .allMatch(device -> device.path().startsWith("/dev/"))
                .noneMatch(device ->
                        device.path().startsWith("/dev/pts/") || device.path().equals("/dev/console"));
    }

    @Test
    void pathWithoutADeviceIsNotFound() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        for (Path path : new Path[] {file, directory, directory.resolve("absent")}) {
            assertThatThrownBy(() -> facts.devices(path))
                    .isInstanceOf(Fault.NotFound.class)
                    .hasMessageContaining(path.toString());
        }
    }

    @Test
    void pathFollowsLinks() throws Exception {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);

        HostFacts.PathFacts found = facts.path(link);

        assertThat(found.exists()).isTrue();
        assertThat(found.directory()).isTrue();
        assertThat(found.resolved()).isEqualTo(real);
        assertThat(facts.path(Files.createFile(real.resolve("file"))).directory())
                .isFalse();
        assertThat(facts.path(directory.resolve("absent")).exists()).isFalse();
    }

    @Test
    void makeDirectoriesIsIdempotentAndRefusesAFile() throws IOException {
        Path deep = directory.resolve("a/b/c");

        facts.makeDirectories(deep);
        facts.makeDirectories(deep);

        assertThat(deep).isDirectory();
        Path file = Files.createFile(deep.resolve("file"));
        assertThatThrownBy(() -> facts.makeDirectories(file)).isInstanceOf(Fault.WrongState.class);
    }

    @Test
    void missingSeccompProfileIsAnInvalidArgument() {
        Path absent = directory.resolve("absent.json");

        assertThatThrownBy(() -> facts.seccompProfile(absent))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining(absent.toString());
    }

    private static void isNull(OciDevice device) {
        assertThat(device.path()).isEqualTo("/dev/null");
        assertThat(device.type()).isEqualTo("c");
        assertThat(device.major()).isEqualTo(1);
        assertThat(device.minor()).isEqualTo(3);
        assertThat(device.fileMode()).isEqualTo(OptionalInt.of(0666));
    }
}
