package io.carafe.oci.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.ttrpc.ProtoFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that answer as shims do. */
class ShimProgramTest {
    private static final TypedMessage OPTIONS = CreateOptions.runc(Path.of("/usr/sbin/runc"), Path.of("/r"), true);

    @TempDir
    Path directory;

    private Path bundle;

    @BeforeEach
    void makeBundle() throws IOException {
        bundle = Files.createDirectory(directory.resolve("bundle"));
    }

    private ShimProgram shim(String body) throws IOException {
        Path program = directory.resolve("shim");
        Files.writeString(program, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ShimProgram(program, "/our/address", Duration.ofSeconds(5));
    }

    @Test
    void shimIsAskedInItsBundleWithOurAddressAndItsOptions() throws Exception {
        ShimProgram shim = shim("echo \"$@\" >args; pwd >cwd; env >env; cat >stdin; echo unix:///s");

        assertThat(shim.start("id1", bundle, OPTIONS)).isEqualTo(new Bootstrap(Path.of("/s"), 2));

        assertThat(bundle.resolve("args"))
                .hasContent("-namespace k8s.io -address /our/address -publish-binary /bin/true -id id1 start");
        assertThat(bundle.resolve("cwd")).hasContent(bundle.toString());
        assertThat(bundle.resolve("env")).content().contains("TTRPC_ADDRESS=\n").doesNotContain("JAVA");
        ProtoFields any = ProtoFields.parse(Files.readAllBytes(bundle.resolve("stdin")));
        assertThat(any.text(1)).isEqualTo("containerd.runc.v1.Options");
        ProtoFields options = any.messageOrEmpty(2);
        assertThat(options.text(6)).isEqualTo("/usr/sbin/runc");
        assertThat(options.text(7)).isEqualTo("/r");
        assertThat(options.flag(9)).isTrue();
    }

    @Test
    void shimThatWantsParametersGetsThemAndIsRemembered() throws Exception {
        ShimProgram shim = shim("""
                echo x >>calls; cat >stdin
                grep -q our/address stdin || { echo deprecated API >&2; exit 1; }
                printf '\\010\\003\\022\\011unix:///s\\032\\005ttrpc'""");

        assertThat(shim.start("id1", bundle, OPTIONS)).isEqualTo(new Bootstrap(Path.of("/s"), 3));
        shim.start("id1", bundle, OPTIONS);

        assertThat(bundle.resolve("calls")).hasContent("x\nx\nx");
        ProtoFields parameters = ProtoFields.parse(Files.readAllBytes(bundle.resolve("stdin")));
        assertThat(parameters.text(1)).isEqualTo("id1");
        assertThat(parameters.text(2)).isEqualTo("k8s.io");
        assertThat(parameters.messageOrEmpty(8).messageOrEmpty(1).text(1)).isEqualTo("containerd.runc.v1.Options");
    }

    @Test
    void shimThatFailsEitherWayTellsBoth() throws Exception {
        ShimProgram shim = shim("cat >stdin; grep -q our/address stdin && echo new >&2 || echo old >&2; exit 1");

        assertThatThrownBy(() -> shim.start("id1", bundle, OPTIONS))
                .isInstanceOf(CommandFailure.BadExit.class)
                .hasMessageContaining("old; or: new");
    }

    @Test
    void shimThatHangsIsKilled() throws Exception {
        ShimProgram hanging = shim("exec sleep 1000");
        ShimProgram shim = new ShimProgram(hanging.program(), "/our/address", Duration.ofMillis(100));

        assertThatThrownBy(() -> shim.start("id1", bundle, OPTIONS)).isInstanceOf(CommandFailure.Killed.class);
    }

    @Test
    void shimThatIsNotThereIsNotStarted() {
        ShimProgram shim = new ShimProgram(Path.of("/no/such/shim"), "/our/address", Duration.ofSeconds(5));

        assertThatThrownBy(() -> shim.start("id1", bundle, OPTIONS)).isInstanceOf(CommandFailure.NotStarted.class);
    }

    /** As the shim itself does, which it leaves running. */
    @Test
    void whatIsLeftRunningDoesNotHoldTheStart() throws Exception {
        ShimProgram shim = shim("sleep 3 & echo unix:///s");

        long begin = System.nanoTime();
        shim.start("id1", bundle, OPTIONS);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void deleteActionTellsHowTheTaskEnded() throws Exception {
        ShimProgram shim = shim("echo \"$@\" >args; printf '\\010\\001\\020\\211\\001\\032\\004\\010\\144\\020\\007'");

        TaskExit exit = shim.delete("id1", bundle);

        assertThat(exit.code()).isEqualTo(137);
        assertThat(exit.at().orElseThrow().getEpochSecond()).isEqualTo(100);
        assertThat(bundle.resolve("args")).content().contains("-bundle " + bundle + " delete");
    }

    @Test
    void deleteActionThatFailsIsTold() throws Exception {
        assertThatThrownBy(() -> shim("echo it broke >&2; exit 2").delete("id1", bundle))
                .isInstanceOf(CommandFailure.BadExit.class)
                .hasMessageContaining("it broke");
        try (Stream<Path> left = Files.list(bundle)) {
            assertThat(left).isEmpty();
        }
    }
}
