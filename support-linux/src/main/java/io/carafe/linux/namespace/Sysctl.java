package io.carafe.linux.namespace;

import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.linux.file.ControlFile;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.LinuxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A kernel parameter by its name, {@code net.ipv4.ip_forward}; a name with slashes, {@code net/ipv4/conf/eth0.1/forwarding}, may
 * have dots inside its parts.
 *
 * <p>Source: sysctl(8), Documentation/admin-guide/sysctl/; which belong to a namespace: namespaces(7), ipc_namespaces(7).
 */
public record Sysctl(String name) {
    private static final Path ROOT = Path.of("/proc/sys");
    private static final Set<String> IPC_NAMES = Set.of(
            "kernel/msgmax",
            "kernel/msgmnb",
            "kernel/msgmni",
            "kernel/msg_next_id",
            "kernel/sem",
            "kernel/sem_next_id",
            "kernel/shmall",
            "kernel/shmmax",
            "kernel/shmmni",
            "kernel/shm_next_id",
            "kernel/shm_rmid_forced",
            "kernel/auto_msgmni");
    private static final Set<String> UTS_NAMES = Set.of("kernel/domainname", "kernel/hostname");

    /** The kind of namespace it belongs to; empty if it belongs to the whole host. */
    public Optional<NamespaceType> namespace() {
        String path = path();
        if (path.startsWith("net/")) {
            return Optional.of(NamespaceType.NETWORK);
        }
        if (path.startsWith("fs/mqueue/") || IPC_NAMES.contains(path)) {
            return Optional.of(NamespaceType.IPC);
        }
        return UTS_NAMES.contains(path) ? Optional.of(NamespaceType.UTS) : Optional.empty();
    }

    /** Sets it for the namespaces of the calling thread. */
    void write(String value) {
        Path file = ROOT.resolve(path());
        try {
            if (!file.normalize().equals(file)) {
                throw new LinuxException("open", Errno.EINVAL, file.toString());
            }
            ControlFile.write(file, value);
        } catch (LinuxException e) {
            throw new SysctlRefused(this, value, e);
        }
    }

    // As sysctl(8): if a slash comes first, slashes separate and dots are literal.
    private String path() {
        int slash = name.indexOf('/');
        int dot = name.indexOf('.');
        if (slash >= 0 && (dot < 0 || slash < dot)) {
            return name;
        }
        StringBuilder path = new StringBuilder(name.length());
        name.chars().map(c -> c == '.' ? '/' : c == '/' ? '.' : c).forEach(path::appendCodePoint);
        return path.toString();
    }
}
