package io.carafe.domain.launch;

import io.carafe.domain.spec.OciSeccomp;
import io.carafe.domain.spec.OciSeccomp.Arg;
import io.carafe.domain.spec.OciSeccomp.Syscall;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The filter behind RuntimeDefault: an allow list, everything else fails with EPERM. Not in it, whatever the capabilities are:
 * keyrings (not namespaced), io_uring and userfaultfd (a record of kernel holes), kexec, swap, nfsservctl and other dead calls.
 * What a capability guards comes with that capability. Source: syscalls(2) and the man page of each call, seccomp(2).
 */
public final class DefaultSeccomp {
    private static final String ALLOW = "SCMP_ACT_ALLOW";
    private static final String ERRNO = "SCMP_ACT_ERRNO";
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
    private static final long NEW_NAMESPACE_FLAGS = 0x7E02_0000L;

    private static final long AF_VSOCK = 40;

    /** PER_LINUX and PER_LINUX32, each with and without UNAME26, and the query; no READ_IMPLIES_EXEC, no old layouts. */
    private static final List<Long> PERSONALITIES = List.of(0x0L, 0x8L, 0x2_0000L, 0x2_0008L, 0xFFFF_FFFFL);

    private DefaultSeccomp() {}

    /** @param capabilities of the bounding set, with CAP_ prefix */
    public static OciSeccomp profile(HostProfile host, Set<String> capabilities) {
        List<Syscall> syscalls = new ArrayList<>();
        syscalls.add(allow(SeccompLists.words(SeccompLists.EVERYONE)));
        syscalls.add(allow(SeccompLists.words(ofArchitecture(host.architecture()))));
        for (long personality : PERSONALITIES) {
            syscalls.add(allow("personality", new Arg(0, personality, OptionalLong.empty(), "SCMP_CMP_EQ")));
        }
        // a guest's agent listens there without asking who calls
        syscalls.add(allow("socket", new Arg(0, AF_VSOCK, OptionalLong.empty(), "SCMP_CMP_NE")));
        if (!capabilities.contains("CAP_SYS_ADMIN")) {
            syscalls.add(allow("clone", new Arg(0, NEW_NAMESPACE_FLAGS, OptionalLong.of(0), "SCMP_CMP_MASKED_EQ")));
            // its flags are behind a pointer; libc falls back to clone on ENOSYS and on nothing else
            syscalls.add(new Syscall(List.of("clone3"), ERRNO, OptionalInt.of(ENOSYS), List.of()));
        }
        new TreeMap<>(SeccompLists.BY_CAPABILITY).forEach((capability, names) -> {
            if (capabilities.contains(capability)) {
                syscalls.add(allow(SeccompLists.words(names)));
            }
        });
        return new OciSeccomp(
                ERRNO, OptionalInt.of(EPERM), architectures(host.architecture()), List.of(), List.copyOf(syscalls));
    }

    /** With the 32-bit ones that the kernel runs too, or their calls would be killed for the wrong architecture. */
    private static List<String> architectures(String architecture) {
        return switch (architecture) {
            case "amd64" -> List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32");
            case "arm64" -> List.of("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM");
            default -> List.of(); // the runtime's own
        };
    }

    private static String ofArchitecture(String architecture) {
        return switch (architecture) {
            case "amd64" -> SeccompLists.AMD64;
            case "arm64" -> SeccompLists.ARM64;
            default -> "sync_file_range";
        };
    }

    private static Syscall allow(List<String> names) {
        return new Syscall(names, ALLOW, OptionalInt.empty(), List.of());
    }

    private static Syscall allow(String name, Arg argument) {
        return new Syscall(List.of(name), ALLOW, OptionalInt.empty(), List.of(argument));
    }
}
