package io.carafe.linux.pause;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A static 64-bit ELF executable of one read-only segment that holds headers, code and constants.
 *
 * <p>Source: elf(5).
 */
final class StaticElf {
    private static final long BASE = 0x400000;
    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int CODE = HEADER + 2 * PROGRAM_HEADER;
    /** Of every page size in use on these machines, so that the kernel can map it with any. */
    private static final int ALIGNMENT = 0x10000;

    private StaticElf() {}

    /** {@code code} starts with its first instruction and finds its constants relative to itself. */
    static byte[] of(Architecture architecture, byte[] code) {
        int size = CODE + code.length;
        ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        // ELF, 64 bits, little endian, version 1, System V
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        // executable, machine, version, entry, program headers, no sections, flags
        elf.putShort((short) 2)
                .putShort((short) architecture.elfMachine())
                .putInt(1)
                .putLong(BASE + CODE)
                .putLong(HEADER)
                .putLong(0)
                .putInt(0);
        // sizes and numbers: this header, program headers, sections
        elf.putShort((short) HEADER)
                .putShort((short) PROGRAM_HEADER)
                .putShort((short) 2)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0);
        // PT_LOAD, read and execute: the whole file
        elf.putInt(1)
                .putInt(5)
                .putLong(0)
                .putLong(BASE)
                .putLong(BASE)
                .putLong(size)
                .putLong(size)
                .putLong(ALIGNMENT);
        // PT_GNU_STACK, read and write: without it the stack would be executable
        elf.putInt(0x6474e551)
                .putInt(6)
                .putLong(0)
                .putLong(0)
                .putLong(0)
                .putLong(0)
                .putLong(0)
                .putLong(16);
        return elf.put(code).array();
    }
}
