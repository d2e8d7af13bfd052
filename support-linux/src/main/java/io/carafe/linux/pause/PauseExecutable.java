package io.carafe.linux.pause;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;

/**
 * A program of some 300 bytes, written by us instead of pulled as an image, that is PID 1 of a pod's PID namespace: it lets the kernel
 * reap every orphan, and exits 0 on TERM or INT.
 *
 * <p>It ignores CHLD, which makes the kernel reap its children by itself. It blocks TERM and INT and waits for them: of PID 1 the kernel
 * drops a signal that has no handler, but not one that is blocked.
 *
 * <p>Source: sigaction(2) on SIG_IGN of SIGCHLD, sigwaitinfo(2), pid_namespaces(7).
 */
public final class PauseExecutable {
    // struct sigaction {SIG_IGN, flags, restorer, mask}, then the set of INT (bit 1) and TERM (bit 14)
    private static final String CONSTANTS =
            "0100000000000000" + "0000000000000000" + "0000000000000000" + "0000000000000000" + "0240000000000000";

    private static final String X86_64 =
            // rt_sigaction(SIGCHLD, &ignore, NULL, 8)
            "b80d000000" // mov eax, 13
                    + "bf11000000" // mov edi, 17
                    + "488d353c000000" // lea rsi, [rip + ignore]
                    + "31d2" // xor edx, edx
                    + "41ba08000000" // mov r10d, 8
                    + "0f05" // syscall
                    // rt_sigprocmask(SIG_BLOCK, &set, NULL, 8)
                    + "b80e000000" // mov eax, 14
                    + "31ff" // xor edi, edi
                    + "488d3544000000" // lea rsi, [rip + set]
                    + "31d2" // xor edx, edx
                    + "0f05" // syscall; r10 is kept
                    // again: rt_sigtimedwait(&set, NULL, NULL, 8)
                    + "b880000000" // mov eax, 128
                    + "488d3d34000000" // lea rdi, [rip + set]
                    + "31f6" // xor esi, esi
                    + "31d2" // xor edx, edx
                    + "0f05" // syscall
                    + "85c0" // test eax, eax
                    + "78ea" // js again
                    // exit_group(0)
                    + "b8e7000000" // mov eax, 231
                    + "31ff" // xor edi, edi
                    + "0f05" // syscall
                    + "f4" // hlt, never reached
                    + CONSTANTS;

    private static final String AARCH64 =
            // rt_sigaction(SIGCHLD, &ignore, NULL, 8)
            "200280d2" // mov x0, 17
                    + "61020010" // adr x1, ignore
                    + "020080d2" // mov x2, 0
                    + "030180d2" // mov x3, 8
                    + "c81080d2" // mov x8, 134
                    + "010000d4" // svc 0
                    // rt_sigprocmask(SIG_BLOCK, &set, NULL, 8)
                    + "000080d2" // mov x0, 0
                    + "a1020010" // adr x1, set
                    + "e81080d2" // mov x8, 135; x2 and x3 are kept
                    + "010000d4" // svc 0
                    // again: rt_sigtimedwait(&set, NULL, NULL, 8)
                    + "40020010" // adr x0, set
                    + "010080d2" // mov x1, 0
                    + "020080d2" // mov x2, 0
                    + "281180d2" // mov x8, 137
                    + "010000d4" // svc 0
                    + "60ffff37" // tbnz w0, 31, again
                    // exit_group(0)
                    + "000080d2" // mov x0, 0
                    + "c80b80d2" // mov x8, 94
                    + "010000d4" // svc 0
                    + "00000000" // udf, never reached
                    + CONSTANTS;

    private PauseExecutable() {}

    /** The program for one machine. */
    public static byte[] bytes(Architecture architecture) {
        String code = switch (architecture) {
            case X86_64 -> X86_64;
            case AARCH64 -> AARCH64;
        };
        return StaticElf.of(architecture, HexFormat.of().parseHex(code));
    }

    /**
     * Writes the program to {@code file}, mode 0555, by an atomic move. Idempotent, also while the old one runs.
     *
     * @throws IOException if the directory is missing or full
     */
    public static void install(Architecture architecture, Path file) throws IOException {
        Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), ".pause", "");
        try {
            Files.write(temporary, bytes(architecture));
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r-xr-xr-x"));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
