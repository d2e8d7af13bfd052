package io.carafe.linux.pause;

import java.util.Optional;

/** The machines that the pause executable exists for, with their number in an ELF header. */
public enum Architecture {
    X86_64(62),
    AARCH64(183);

    private final int elfMachine;

    Architecture(int elfMachine) {
        this.elfMachine = elfMachine;
    }

    int elfMachine() {
        return elfMachine;
    }

    /** By the name that the JVM gives it in {@code os.arch}; empty for any other machine. */
    public static Optional<Architecture> ofJvm(String osArch) {
        return switch (osArch) {
            case "amd64", "x86_64" -> Optional.of(X86_64);
            case "aarch64" -> Optional.of(AARCH64);
            default -> Optional.empty();
        };
    }
}
