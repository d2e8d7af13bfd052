package io.carafe.linux.libc;

/**
 * Flags of open(2). Two of them have other numbers on aarch64.
 *
 * <p>Source: include/uapi/asm-generic/fcntl.h, arch/arm64/include/uapi/asm/fcntl.h.
 */
public final class OpenFlags {
    private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));

    public static final int READ_ONLY = 0;
    public static final int WRITE_ONLY = 1;
    public static final int READ_WRITE = 2;
    public static final int CREATE = 0x40;
    public static final int EXCLUSIVE = 0x80;
    public static final int NON_BLOCKING = 0x800;
    public static final int CLOSE_ON_EXEC = 0x80000;
    public static final int PATH = 0x200000;
    public static final int DIRECTORY = ARM ? 0x4000 : 0x10000;
    public static final int NO_FOLLOW = ARM ? 0x8000 : 0x20000;

    private OpenFlags() {}
}
