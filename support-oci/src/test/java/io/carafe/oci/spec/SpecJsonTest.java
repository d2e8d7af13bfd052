package io.carafe.oci.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.HugepageLimit;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.spec.OciCapabilities;
import io.carafe.domain.spec.OciDevice;
import io.carafe.domain.spec.OciLinux;
import io.carafe.domain.spec.OciNamespace;
import io.carafe.domain.spec.OciProcess;
import io.carafe.domain.spec.OciResources;
import io.carafe.domain.spec.OciRlimit;
import io.carafe.domain.spec.OciRoot;
import io.carafe.domain.spec.OciSeccomp;
import io.carafe.domain.spec.OciSpec;
import io.carafe.domain.spec.OciUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecJsonTest {
    private static final OciProcess PROCESS = new OciProcess(
            false,
            new OciUser(1000, 1000, List.of()),
            List.of("sh", ""),
            List.of(),
            "/",
            Optional.of(new OciCapabilities(List.of(), List.of(), List.of(), List.of(), List.of())),
            List.of(),
            true,
            Optional.empty(),
            OptionalInt.empty());

    @TempDir
    Path directory;

    @Test
    void whatIsEmptyIsLeftOut() throws IOException {
        OciSpec spec = spec(PROCESS, linux(OptionalLong.empty()), Map.of("empty", ""));

        assertThat(written(spec)).isEqualTo("""
                        {"ociVersion":"1.0.2","process":{"terminal":false,"user":{"uid":1000,"gid":1000},"args":["sh",""],\
                        "cwd":"/","capabilities":{},"noNewPrivileges":true},"root":{"path":"/r","readonly":true},\
                        "annotations":{"empty":""},"linux":{"namespaces":[{"type":"pid"}],"resources":{}}}""");
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        OciProcess process = new OciProcess(
                true,
                new OciUser(0, 0, List.of(7L)),
                List.of("a"),
                List.of("A=b"),
                "/w",
                Optional.of(new OciCapabilities(List.of("CAP_KILL"), List.of(), List.of(), List.of(), List.of())),
                List.of(new OciRlimit("RLIMIT_NOFILE", 2, 1)),
                false,
                Optional.of("profile"),
                OptionalInt.of(-998));
        OciSpec spec = spec(process, linux(OptionalLong.of(42)), Map.of());
        Path file = directory.resolve("config.json");

        SpecJson.write(spec, file);

        assertThat(SpecJson.read(file)).isEqualTo(spec);
        assertThat(directory).isDirectoryContaining(path -> path.equals(file));
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void seccompArgumentsAreUnsigned() throws IOException {
        OciSeccomp seccomp = new OciSeccomp(
                "SCMP_ACT_ERRNO",
                OptionalInt.of(38),
                List.of(),
                List.of(),
                List.of(new OciSeccomp.Syscall(
                        List.of("personality"),
                        "SCMP_ACT_ALLOW",
                        OptionalInt.empty(),
                        List.of(new OciSeccomp.Arg(0, -1, OptionalLong.empty(), "SCMP_CMP_EQ")))));
        OciLinux linux = linux(OptionalLong.empty());
        OciLinux with = new OciLinux(
                linux.namespaces(),
                List.of(),
                List.of(),
                List.of(),
                "",
                linux.resources(),
                "",
                Optional.of(seccomp),
                Map.of(),
                List.of(),
                List.of());

        assertThat(written(spec(PROCESS, with, Map.of())))
                .contains("\"args\":[{\"index\":0,\"value\":18446744073709551615,\"op\":\"SCMP_CMP_EQ\"}]")
                .contains("\"defaultErrnoRet\":38");
    }

    @Test
    void updateHoldsWhatIsSetAndNothingElse() {
        LinuxResources resources = new LinuxResources(
                OptionalLong.empty(),
                OptionalLong.of(-1),
                OptionalLong.of(512),
                Optional.of(Bytes.ofMebibytes(1)),
                OptionalLong.empty(),
                OptionalInt.of(100),
                "0-1",
                "",
                List.of(new HugepageLimit("2MB", Bytes.ZERO)),
                Map.of());

        assertThat(text(SpecJson.update(resources)))
                .isEqualTo("{\"memory\":{\"limit\":1048576},\"cpu\":{\"shares\":512,\"quota\":-1,\"cpus\":\"0-1\"}}");
        assertThat(text(SpecJson.update(LinuxResources.UNLIMITED))).isEqualTo("{\"cpu\":{}}");
    }

    @Test
    void fileThatIsNoSpecIsRefusedWithItsTrouble() throws IOException {
        Path file = Files.writeString(directory.resolve("config.json"), "{\"ociVersion\": ");

        assertThatThrownBy(() -> SpecJson.read(file)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SpecJson.read(directory.resolve("none"))).isInstanceOf(IOException.class);
    }

    private String written(OciSpec spec) throws IOException {
        Path file = directory.resolve("config.json");
        SpecJson.write(spec, file);
        return Files.readString(file);
    }

    private static OciSpec spec(OciProcess process, OciLinux linux, Map<String, String> annotations) {
        return new OciSpec(OciSpec.VERSION, process, new OciRoot("/r", true), "", List.of(), annotations, linux);
    }

    private static OciLinux linux(OptionalLong shares) {
        boolean rich = shares.isPresent();
        return new OciLinux(
                List.of(new OciNamespace("pid", rich ? Optional.of("/proc/1/ns/pid") : Optional.empty())),
                List.of(),
                List.of(),
                rich
                        ? List.of(new OciDevice(
                                "/dev/x", "c", 1, 3, OptionalInt.of(438), Optional.of(0L), Optional.empty()))
                        : List.of(),
                rich ? "/a/b" : "",
                new OciResources(
                        rich
                                ? List.of(new OciResources.DeviceRule(
                                        false, "a", OptionalLong.empty(), OptionalLong.empty(), "rwm"))
                                : List.of(),
                        Optional.empty(),
                        rich
                                ? Optional.of(new OciResources.Cpu(
                                        shares, OptionalLong.empty(), OptionalLong.empty(), "", ""))
                                : Optional.empty(),
                        List.of(),
                        Map.of()),
                "",
                Optional.empty(),
                rich ? Map.of("net.core.somaxconn", "1") : Map.of(),
                List.of(),
                List.of());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
