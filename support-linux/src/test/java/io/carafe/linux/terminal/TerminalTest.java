package io.carafe.linux.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** On the master of a new pseudo-terminal, which answers for its slave. */
class TerminalTest {
    private static final long TIOCSWINSZ = 0x5414;
    private static final long TCGETS = 0x5401;

    @Test
    void rawModeIsTakenAndGivenBack() {
        try (Fd master = Fd.open(Path.of("/dev/ptmx"), OpenFlags.READ_WRITE)) {
            byte[] before = termios(master);
            try (Terminal terminal = Terminal.raw(master.number()).orElseThrow()) {
                assertThat(terminal.size()).isEqualTo(new Terminal.Size(0, 0));
                assertThat(termios(master)).isEqualTo(Terminal.rawOf(before)).isNotEqualTo(before);
            }
            assertThat(termios(master)).isEqualTo(before);
        }
    }

    @Test
    void sizeIsThatOfTheWindow() {
        try (Fd master = Fd.open(Path.of("/dev/ptmx"), OpenFlags.READ_WRITE);
                Terminal terminal = Terminal.raw(master.number()).orElseThrow()) {
            byte[] size = ByteBuffer.allocate(8)
                    .order(ByteOrder.nativeOrder())
                    .putShort((short) 33)
                    .putShort((short) 101)
                    .array();
            Kernel.check(Kernel.libc().ioctl(master.number(), TIOCSWINSZ, size), "ioctl");
            assertThat(terminal.size()).isEqualTo(new Terminal.Size(101, 33));
        }
    }

    @Test
    void fileIsNoTerminal() {
        try (Fd file = Fd.open(Path.of("/dev/null"), OpenFlags.READ_WRITE)) {
            assertThat(Terminal.raw(file.number())).isEmpty();
        }
    }

    private static byte[] termios(Fd fd) {
        byte[] termios = new byte[36];
        Kernel.check(Kernel.libc().ioctl(fd.number(), TCGETS, termios), "ioctl");
        return termios;
    }
}
