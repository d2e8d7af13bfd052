package io.carafe.linux.pause;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PauseExecutableTest {
    @ParameterizedTest
    @EnumSource
    void isAStaticElfOfItsMachine(Architecture architecture) {
        byte[] bytes = PauseExecutable.bytes(architecture);
        ByteBuffer elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(bytes).startsWith(0x7f, 'E', 'L', 'F', 2, 1).hasSizeLessThan(512);
        assertThat(elf.getShort(16)).isEqualTo((short) 2);
        assertThat((int) elf.getShort(18)).isEqualTo(architecture.elfMachine());
        assertThat(elf.getLong(24)).isEqualTo(0x400000 + 64 + 2 * 56);
        assertThat(elf.getLong(64 + 32)).isEqualTo(bytes.length);
    }

    @ParameterizedTest
    @EnumSource
    void instructionsFindTheirConstants(Architecture architecture) {
        byte[] bytes = PauseExecutable.bytes(architecture);
        int constants = bytes.length - 40;
        ByteBuffer elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(elf.getLong(constants)).isEqualTo(1);
        assertThat(elf.getLong(constants + 32)).isEqualTo((1 << 1) | (1 << 14));
        switch (architecture) {
            case X86_64 -> {
                // lea with a 32-bit distance from its own end
                assertThat(leaTarget(elf, 176 + 10)).isEqualTo(constants);
                assertThat(leaTarget(elf, 176 + 34)).isEqualTo(constants + 32);
                assertThat(leaTarget(elf, 176 + 50)).isEqualTo(constants + 32);
            }
            case AARCH64 -> {
                assertThat(adrTarget(elf, 176 + 4)).isEqualTo(constants);
                assertThat(adrTarget(elf, 176 + 28)).isEqualTo(constants + 32);
                assertThat(adrTarget(elf, 176 + 40)).isEqualTo(constants + 32);
            }
        }
    }

    @Test
    void machineIsNamedAsTheJvmNamesIt() {
        assertThat(Architecture.ofJvm("amd64")).hasValue(Architecture.X86_64);
        assertThat(Architecture.ofJvm("aarch64")).hasValue(Architecture.AARCH64);
        assertThat(Architecture.ofJvm("riscv64")).isEmpty();
    }

    private static int leaTarget(ByteBuffer elf, int instruction) {
        return instruction + 7 + elf.getInt(instruction + 3);
    }

    private static int adrTarget(ByteBuffer elf, int instruction) {
        int code = elf.getInt(instruction);
        return instruction + ((((code >> 5) & 0x7ffff) << 2) | ((code >> 29) & 3));
    }
}
