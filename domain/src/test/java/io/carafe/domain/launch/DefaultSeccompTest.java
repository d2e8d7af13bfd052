package io.carafe.domain.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.spec.OciSeccomp;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultSeccompTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mount",
                "umount2",
                "move_mount",
                "open_tree",
                "bpf",
                "keyctl",
                "add_key",
                "request_key",
                "unshare",
                "setns",
                "pivot_root",
                "io_uring_setup",
                "userfaultfd",
                "perf_event_open",
                "kexec_load",
                "reboot",
                "swapon",
                "init_module",
                "clock_settime",
                "settimeofday",
                "sethostname",
                "ptrace_nothing",
                "open_by_handle_at",
                "iopl",
                "acct",
                "quotactl",
                "syslog",
                "nfsservctl",
                "personality",
                "chroot"
            })
    void doesNotAllowFreelyWithoutCapability(String name) {
        assertThat(freely(profile("amd64", Set.of()))).doesNotContain(name);
    }

    @ParameterizedTest
    @CsvSource({
        "CAP_SYS_ADMIN, mount", "CAP_SYS_ADMIN, unshare", "CAP_SYS_ADMIN, clone3", "CAP_SYS_ADMIN, sethostname",
        "CAP_SYS_ADMIN, bpf", "CAP_BPF, bpf", "CAP_PERFMON, perf_event_open", "CAP_SYS_CHROOT, chroot",
        "CAP_SYS_TIME, clock_settime", "CAP_SYS_PTRACE, kcmp", "CAP_SYS_NICE, mbind", "CAP_SYS_MODULE, init_module",
        "CAP_SYS_BOOT, reboot", "CAP_SYSLOG, syslog", "CAP_DAC_READ_SEARCH, open_by_handle_at", "CAP_SYS_RAWIO, iopl",
        "CAP_SYS_PACCT, acct", "CAP_SYS_TTY_CONFIG, vhangup"
    })
    void capabilityBringsItsCalls(String capability, String name) {
        assertThat(freely(profile("amd64", Set.of()))).doesNotContain(name);
        assertThat(freely(profile("amd64", Set.of(capability)))).contains(name);
    }

    @Test
    void newNamespacesAreRefusedByCloneAndClone3() {
        List<OciSeccomp.Syscall> syscalls = profile("amd64", Set.of()).syscalls();
        assertThat(syscalls)
                .contains(new OciSeccomp.Syscall(
                        List.of("clone"),
                        "SCMP_ACT_ALLOW",
                        OptionalInt.empty(),
                        List.of(new OciSeccomp.Arg(0, 2114060288L, OptionalLong.of(0), "SCMP_CMP_MASKED_EQ"))))
                .contains(new OciSeccomp.Syscall(List.of("clone3"), "SCMP_ACT_ERRNO", OptionalInt.of(38), List.of()));
        // a second rule for the same call would make the first one moot
        assertThat(profile("amd64", Set.of("CAP_SYS_ADMIN")).syscalls())
                .noneMatch(syscall -> syscall.action().equals("SCMP_ACT_ERRNO"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"read", "execve", "futex", "clock_gettime", "sched_yield", "openat", "epoll_pwait2", "rseq"})
    void allowsWhatEveryProgramNeeds(String name) {
        assertThat(freely(profile("amd64", Set.of()))).contains(name);
        assertThat(freely(profile("arm64", Set.of()))).contains(name);
    }

    @Test
    void namesAreGivenOnce() {
        List<String> names = SeccompLists.words(SeccompLists.EVERYONE);
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z_0-9]+"));
        for (String more : SeccompLists.BY_CAPABILITY.values()) {
            assertThat(names).doesNotContainAnyElementsOf(SeccompLists.words(more));
        }
    }

    @Test
    void defaultIsEpermAndThirtyTwoBitProgramsAreFilteredToo() {
        OciSeccomp amd64 = profile("amd64", Set.of());
        assertThat(amd64.defaultAction()).isEqualTo("SCMP_ACT_ERRNO");
        assertThat(amd64.defaultErrnoRet()).isEqualTo(OptionalInt.of(1));
        assertThat(amd64.architectures()).containsExactly("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32");
        assertThat(freely(amd64)).contains("arch_prctl").doesNotContain("set_tls");
        OciSeccomp arm64 = profile("arm64", Set.of());
        assertThat(arm64.architectures()).containsExactly("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM");
        assertThat(freely(arm64)).contains("set_tls").doesNotContain("arch_prctl");
    }

    private static OciSeccomp profile(String architecture, Set<String> capabilities) {
        return DefaultSeccomp.profile(
                new HostProfile(architecture, CgroupDriver.CGROUPFS, true, Set.of(), 0, true, false, List.of()),
                capabilities);
    }

    private static Set<String> freely(OciSeccomp profile) {
        Set<String> names = new HashSet<>();
        for (OciSeccomp.Syscall syscall : profile.syscalls()) {
            if (syscall.action().equals("SCMP_ACT_ALLOW") && syscall.args().isEmpty()) {
                names.addAll(syscall.names());
            }
        }
        return names;
    }
}
