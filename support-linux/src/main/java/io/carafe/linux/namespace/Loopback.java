package io.carafe.linux.namespace;

import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The interface {@code lo}, which a new network namespace has but not up. Source: netdevice(7). */
final class Loopback {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final long SIOCGIFFLAGS = 0x8913;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final short IFF_UP = 1;
    // struct ifreq: 16 bytes of name, then a union whose first field are the flags
    private static final int IFREQ = 40;
    private static final int FLAGS = 16;

    private Loopback() {}

    /** Brings it up in the network namespace of the calling thread. */
    static void up() {
        try (Fd socket =
                Fd.owning(Kernel.check(Kernel.libc().socket(AF_INET, SOCK_DGRAM_CLOEXEC, 0), "socket", "AF_INET"))) {
            byte[] request = new byte[IFREQ];
            request[0] = 'l';
            request[1] = 'o';
            Kernel.check(Kernel.libc().ioctl(socket.number(), SIOCGIFFLAGS, request), "ioctl", "SIOCGIFFLAGS", "lo");
            ByteBuffer flags = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder());
            flags.putShort(FLAGS, (short) (flags.getShort(FLAGS) | IFF_UP));
            Kernel.check(Kernel.libc().ioctl(socket.number(), SIOCSIFFLAGS, request), "ioctl", "SIOCSIFFLAGS", "lo");
        }
    }
}
