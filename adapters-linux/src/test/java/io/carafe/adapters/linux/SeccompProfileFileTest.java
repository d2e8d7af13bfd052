package io.carafe.adapters.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.spec.OciSeccomp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeccompProfileFileTest {
    @TempDir
    Path directory;

    @Test
    void everyFieldIsRead() {
        OciSeccomp profile = read("""
                {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38,
                 "architectures": ["SCMP_ARCH_X86_64"], "flags": ["SECCOMP_FILTER_FLAG_LOG"],
                 "syscalls": [{"names": ["clone", "fork"], "action": "SCMP_ACT_ALLOW", "errnoRet": 1, "comment": "x",
                   "args": [{"index": 1, "value": 18446744073709551615, "valueTwo": 2, "op": "SCMP_CMP_MASKED_EQ"}]}]}
                """);

        assertThat(profile)
                .isEqualTo(new OciSeccomp(
                        "SCMP_ACT_ERRNO",
                        OptionalInt.of(38),
                        List.of("SCMP_ARCH_X86_64"),
                        List.of("SECCOMP_FILTER_FLAG_LOG"),
                        List.of(new OciSeccomp.Syscall(
                                List.of("clone", "fork"),
                                "SCMP_ACT_ALLOW",
                                OptionalInt.of(1),
                                List.of(new OciSeccomp.Arg(1, -1, OptionalLong.of(2), "SCMP_CMP_MASKED_EQ"))))));
    }

    @Test
    void actionAloneIsAProfile() {
        assertThat(read("{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": null}")
                        .syscalls())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | defaultAction",
                "[] | not an object",
                "{\"defaultAction\": | not JSON",
                "{\"defaultAction\": 1} | defaultAction",
                "{\"defaultAction\": \"A\", \"listenerPath\": \"/x\"} | listenerPath",
                "{\"defaultAction\": \"A\", \"syscalls\": {}} | not a list",
                "{\"defaultAction\": \"A\", \"flags\": [1]} | flags",
                "{\"defaultAction\": \"A\", \"defaultErrnoRet\": \"x\"} | defaultErrnoRet",
                "{\"defaultAction\": \"A\", \"syscalls\": [{\"action\": \"B\"}]} | syscalls[0] has no names",
                "{\"defaultAction\": \"A\", \"syscalls\": [{\"names\": [\"x\"]}]} | syscalls[0].action",
                "{\"defaultAction\": \"A\", \"syscalls\": [{\"names\": [\"x\"], \"action\": \"B\", \"includes\": {}}]} | includes",
                "{\"defaultAction\": \"A\", \"syscalls\": [{\"names\": [\"x\"], \"action\": \"B\", \"args\": [{}]}]} | index"
            })
    void whatWeWouldNotHonourIsRefusedByName(String json, String named) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("profile.json")
                .hasMessageContaining(named);
    }

    private OciSeccomp read(String json) {
        try {
            return SeccompProfileFile.read(Files.writeString(directory.resolve("profile.json"), json));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
