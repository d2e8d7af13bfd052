package io.carafe.gvisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.spec.OciLinux;
import io.carafe.domain.spec.OciMount;
import io.carafe.domain.spec.OciProcess;
import io.carafe.domain.spec.OciResources;
import io.carafe.domain.spec.OciRoot;
import io.carafe.domain.spec.OciSpec;
import io.carafe.domain.spec.OciUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiddenPathsTest {
    @TempDir
    Path directory;

    private Path root;
    private Path volume;

    @BeforeEach
    void makeFiles() throws IOException {
        root = Files.createDirectories(directory.toRealPath().resolve("root"));
        Files.createDirectory(root.resolve("tmp"));
        Files.writeString(root.resolve("secret"), "x");
        Files.createSymbolicLink(root.resolve("out"), Path.of("/etc"));
        volume = Files.createDirectories(directory.toRealPath().resolve("volume/inner"));
    }

    private List<OciMount> mounts(List<String> masked, List<String> readonly, OciMount... given) {
        OciSpec spec = new OciSpec(
                OciSpec.VERSION,
                new OciProcess(
                        false,
                        new OciUser(0, 0, List.of()),
                        List.of("/x"),
                        List.of(),
                        "/",
                        Optional.empty(),
                        List.of(),
                        true,
                        Optional.empty(),
                        OptionalInt.empty()),
                new OciRoot(root.toString(), false),
                "h",
                List.of(given),
                Map.of(),
                new OciLinux(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        "/pod/x",
                        new OciResources(List.of(), Optional.empty(), Optional.empty(), List.of(), Map.of()),
                        "",
                        Optional.empty(),
                        Map.of(),
                        masked,
                        readonly));
        return HiddenPaths.asMounts(spec).mounts();
    }

    @Test
    void maskedFileIsAnUnreadableOne() {
        assertThat(mounts(List.of("/secret"), List.of()))
                .containsExactly(new OciMount("/secret", "bind", "/dev/null", List.of("bind", "rprivate", "ro")));
    }

    @Test
    void maskedDirectoryIsAnEmptyOne() {
        assertThat(mounts(List.of("/tmp"), List.of()))
                .singleElement()
                .satisfies(mount -> assertThat(mount.type()).isEqualTo("tmpfs"));
    }

    @Test
    void readOnlyPathIsMountedOverItself() {
        assertThat(mounts(List.of(), List.of("/tmp")))
                .containsExactly(new OciMount(
                        "/tmp", "bind", root.resolve("tmp").toString(), List.of("rbind", "rprivate", "ro")));
    }

    @Test
    void pathOnAVolumeIsTheVolumes() {
        OciMount mount = new OciMount(
                "/data", "bind", volume.resolveSibling("").normalize().toString(), List.of("rbind"));

        assertThat(mounts(List.of(), List.of("/data/inner"), mount))
                .contains(new OciMount("/data/inner", "bind", volume.toString(), List.of("rbind", "rprivate", "ro")));
    }

    @Test
    void pathThatIsNotThereNeedsNothing() {
        assertThat(mounts(List.of("/none"), List.of("/none/either"))).isEmpty();
    }

    @Test
    void gvisorsOwnKernelFilesAreLeftAlone() {
        assertThat(mounts(List.of("/proc/kcore", "/sys/firmware"), List.of("/proc/sys")))
                .isEmpty();
    }

    @Test
    void linkOutOfTheImageIsRefused() {
        assertThatThrownBy(() -> mounts(List.of(), List.of("/out")))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("/out")
                .hasMessageContaining("/etc");
    }

    @Test
    void pathOnAMountWithoutHostFilesIsRefused() {
        OciMount mount = new OciMount("/scratch", "tmpfs", "tmpfs", List.of());

        assertThatThrownBy(() -> mounts(List.of("/scratch/x"), List.of(), mount))
                .isInstanceOf(Fault.Unsupported.class)
                .hasMessageContaining("/scratch");
    }
}
