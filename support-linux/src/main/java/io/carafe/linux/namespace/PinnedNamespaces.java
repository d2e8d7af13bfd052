package io.carafe.linux.namespace;

import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.linux.file.FileSystemUsage;
import io.carafe.linux.libc.CString;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.mount.Mounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Namespaces pinned by bind mounts on files of one directory, {@code net}, {@code ipc} and {@code uts}.
 *
 * <p>Units: making takes 1 to 5 ms and no process. Crash: they outlive this process; {@link #unpin} removes whatever is there. A
 * reboot ends them and may leave the files. Concurrency: one call at a time for one directory.
 */
public record PinnedNamespaces(Path directory) {
    /** Of nsfs, which is mounted on a pinned file. Source: include/uapi/linux/magic.h. */
    private static final long NSFS_MAGIC = 0x6e736673;

    private static final Set<NamespaceType> PINNABLE =
            Set.copyOf(EnumSet.of(NamespaceType.NETWORK, NamespaceType.IPC, NamespaceType.UTS));

    /**
     * What to pin.
     *
     * @param hostname set in a new UTS namespace; empty keeps the host's
     * @param sysctls set in the new namespaces
     */
    public record Request(Set<NamespaceType> types, Optional<String> hostname, Map<Sysctl, String> sysctls) {
        public Request {
            types = Set.copyOf(types);
            sysctls = Map.copyOf(sysctls);
        }
    }

    /**
     * Makes new namespaces and pins them; brings {@code lo} up in a network namespace. If it fails, nothing is left.
     *
     * @throws SysctlRefused if the kernel does not take a parameter
     * @throws IllegalArgumentException for a setting that would change the host
     * @throws LinuxException EEXIST if there are pins that live, which stay; else of the call that failed
     */
    public Map<NamespaceType, Path> pin(Request request) throws InterruptedException {
        int flags = NamespaceFlags.of(request.types());
        refuseForeignSettings(request);
        if (!alive().isEmpty()) {
            throw new LinuxException("mount", Errno.EEXIST, directory + " has pins: " + alive().keySet());
        }
        unpin();
        boolean made = false;
        try {
            Files.createDirectories(directory);
            NamespaceThread.call("pin-" + directory.getFileName(), () -> pinHere(request, flags));
            made = true;
            return paths(request.types());
        } catch (IOException e) {
            throw new UncheckedIOException("pin namespaces in " + directory, e);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("pin namespaces in " + directory, e);
        } finally {
            if (!made) {
                unpin();
            }
        }
    }

    /** Removes the pins and the directory. Idempotent; a namespace ends when the last process in it does. */
    public void unpin() {
        try {
            for (NamespaceType type : PINNABLE) {
                Path file = file(type);
                while (Mounts.unmount(file)) {
                    // a pin of an attempt before may lie below
                }
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            // whatever else somebody keeps there is not ours to remove
        } catch (IOException e) {
            throw new UncheckedIOException("unpin namespaces in " + directory, e);
        }
    }

    /** The pins that hold a namespace; a file on which nothing is mounted, as after a reboot, is none. */
    public Map<NamespaceType, Path> alive() {
        Map<NamespaceType, Path> alive = new EnumMap<>(NamespaceType.class);
        for (NamespaceType type : PINNABLE) {
            if (isPin(file(type))) {
                alive.put(type, file(type));
            }
        }
        return alive;
    }

    private Boolean pinHere(Request request, int flags) throws IOException {
        Kernel.check(Kernel.libc().unshare(flags), "unshare", request.types());
        if (request.types().contains(NamespaceType.NETWORK)) {
            Loopback.up();
        }
        request.hostname().ifPresent(name -> {
            byte[] bytes = CString.of(name);
            Kernel.check(Kernel.libc().sethostname(bytes, bytes.length - 1L), "sethostname", name);
        });
        request.sysctls().forEach(Sysctl::write);
        for (NamespaceType type : request.types()) {
            Path file = Files.createFile(file(type));
            Mounts.bind(Path.of("/proc/thread-self/ns", type.procName()), file);
        }
        return true;
    }

    // Written in a namespace that was not made new, a sysctl or a name would change the host.
    private static void refuseForeignSettings(Request request) {
        if (request.hostname().isPresent() && !request.types().contains(NamespaceType.UTS)) {
            throw new IllegalArgumentException("a hostname needs a UTS namespace of its own");
        }
        for (Sysctl sysctl : request.sysctls().keySet()) {
            if (sysctl.namespace().filter(request.types()::contains).isEmpty()) {
                throw new IllegalArgumentException(
                        "sysctl " + sysctl.name() + " does not belong to the new namespaces " + request.types());
            }
        }
    }

    private Map<NamespaceType, Path> paths(Set<NamespaceType> types) {
        Map<NamespaceType, Path> paths = new EnumMap<>(NamespaceType.class);
        types.forEach(type -> paths.put(type, file(type)));
        return paths;
    }

    private Path file(NamespaceType type) {
        return directory.resolve(type.procName());
    }

    private static boolean isPin(Path file) {
        try {
            return FileSystemUsage.of(file).magic() == NSFS_MAGIC;
        } catch (LinuxException e) {
            if (e.isMissing()) {
                return false;
            }
            throw e;
        }
    }
}
