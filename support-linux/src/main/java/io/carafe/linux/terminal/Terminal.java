package io.carafe.linux.terminal;

import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A terminal in raw mode: what is typed comes as it is typed, also ctrl-c, and what is written is shown as it is written.
 *
 * <p>Closing it gives it back as it was, also when it is done again. Source: termios(3), cfmakeraw; ioctl_tty(2); the kernel's struct termios.
 */
public final class Terminal implements AutoCloseable {
    private static final long TCGETS = 0x5401;
    private static final long TCSETS = 0x5402;
    private static final long TIOCGWINSZ = 0x5413;

    /** Four words of flags, the line discipline, 19 control characters. */
    private static final int TERMIOS = 36;

    private static final int OUTPUT_FLAGS = 4;
    private static final int CONTROL_FLAGS = 8;
    private static final int LOCAL_FLAGS = 12;
    private static final int CHARACTERS = 17;
    private static final int VTIME = 5;
    private static final int VMIN = 6;

    // IGNBRK BRKINT PARMRK ISTRIP INLCR IGNCR ICRNL IXON
    private static final int INPUT_OFF = 0x1 | 0x2 | 0x8 | 0x20 | 0x40 | 0x80 | 0x100 | 0x400;
    private static final int OPOST = 0x1;
    // ECHO ECHONL ICANON ISIG IEXTEN
    private static final int LOCAL_OFF = 0x8 | 0x40 | 0x2 | 0x1 | 0x8000;
    private static final int CSIZE_AND_PARENB = 0x30 | 0x100;
    private static final int CS8 = 0x30;

    private final int fd;
    private final byte[] before;

    private Terminal(int fd, byte[] before) {
        this.fd = fd;
        this.before = before;
    }

    /** In characters. */
    public record Size(int width, int height) {}

    /** Puts it into raw mode; empty if the descriptor is no terminal. */
    public static Optional<Terminal> raw(int fd) {
        byte[] before = new byte[TERMIOS];
        if (Kernel.libc().ioctl(fd, TCGETS, before) == -1) {
            Errno errno = Kernel.lastError();
            if (errno == Errno.ENOTTY || errno == Errno.EBADF) {
                return Optional.empty();
            }
            throw new LinuxException("ioctl", errno, "TCGETS of " + fd);
        }
        var terminal = new Terminal(fd, before);
        terminal.set(rawOf(before));
        return Optional.of(terminal);
    }

    static byte[] rawOf(byte[] termios) {
        ByteBuffer flags = ByteBuffer.wrap(termios.clone()).order(ByteOrder.nativeOrder());
        flags.putInt(0, flags.getInt(0) & ~INPUT_OFF);
        flags.putInt(OUTPUT_FLAGS, flags.getInt(OUTPUT_FLAGS) & ~OPOST);
        flags.putInt(CONTROL_FLAGS, (flags.getInt(CONTROL_FLAGS) & ~CSIZE_AND_PARENB) | CS8);
        flags.putInt(LOCAL_FLAGS, flags.getInt(LOCAL_FLAGS) & ~LOCAL_OFF);
        flags.put(CHARACTERS + VTIME, (byte) 0);
        flags.put(CHARACTERS + VMIN, (byte) 1);
        return flags.array();
    }

    /** As it is now; it changes when a person pulls at the window. */
    public Size size() {
        byte[] winsize = new byte[4 * Short.BYTES];
        Kernel.check(Kernel.libc().ioctl(fd, TIOCGWINSZ, winsize), "ioctl", "TIOCGWINSZ of " + fd);
        ByteBuffer size = ByteBuffer.wrap(winsize).order(ByteOrder.nativeOrder());
        return new Size(Short.toUnsignedInt(size.getShort(Short.BYTES)), Short.toUnsignedInt(size.getShort(0)));
    }

    private void set(byte[] termios) {
        Kernel.check(Kernel.libc().ioctl(fd, TCSETS, termios), "ioctl", "TCSETS of " + fd);
    }

    @Override
    public void close() {
        set(before);
    }
}
