package io.carafe.adapters.linux;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.resource.NetworkUsage;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.namespace.NetworkNamespace;
import io.carafe.linux.namespace.PinnedNamespaces;
import io.carafe.linux.namespace.Sysctl;
import io.carafe.linux.namespace.SysctlRefused;
import io.carafe.ports.host.PodNamespaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Namespaces pinned on {@code ROOT/POD/net}, {@code ipc} and {@code uts}. */
final class LinuxPodNamespaces implements PodNamespaces {
    /** HOST_NAME_MAX of Linux. */
    private static final int MAX_HOSTNAME = 64;

    private final PodDirectories directories;
    private final InstantSource clock;

    LinuxPodNamespaces(Path root, InstantSource clock) {
        this.directories = new PodDirectories(root);
        this.clock = clock;
    }

    @Override
    public Map<NamespaceType, Path> pin(
            PodSandboxId id, Set<NamespaceType> types, String hostname, Map<String, String> sysctls)
            throws InterruptedException {
        String attempted = "pin namespaces " + types + " of pod " + id;
        if (hostname.length() > MAX_HOSTNAME) {
            throw new Fault.InvalidArgument(
                    attempted + ": hostname '" + hostname + "' has more than " + MAX_HOSTNAME + " characters");
        }
        Map<Sysctl, String> settings = new HashMap<>();
        sysctls.forEach((name, value) -> settings.put(new Sysctl(name), value));
        try {
            return pins(id).pin(new PinnedNamespaces.Request(
                    types, Optional.of(hostname).filter(name -> !name.isEmpty()), settings));
        } catch (SysctlRefused e) {
            throw new Fault.InvalidArgument(
                    attempted + ": " + e.getMessage() + "; the name or the value does not suit this kernel", e);
        } catch (IllegalArgumentException e) {
            throw new Fault.InvalidArgument(attempted + ": " + e.getMessage() + "; it would change the whole host", e);
        } catch (LinuxException e) {
            throw HostFault.of(attempted, e);
        } catch (UncheckedIOException e) {
            throw HostFault.of(attempted, e.getCause() == null ? new IOException(e) : e.getCause());
        }
    }

    @Override
    public void unpin(PodSandboxId id) {
        HostFault.doing("unpin namespaces of pod " + id, () -> pins(id).unpin());
    }

    @Override
    public Map<NamespaceType, Path> observe(PodSandboxId id) {
        return HostFault.during("observe namespaces of pod " + id, () -> pins(id).alive());
    }

    @Override
    public Set<PodSandboxId> list() {
        return HostFault.during("list pinned namespaces", directories::list);
    }

    @Override
    public Optional<NetworkUsage> networkUsage(PodSandboxId id) throws InterruptedException {
        Path pin = directories.of(id).resolve(NamespaceType.NETWORK.procName());
        try {
            return new NetworkNamespace(pin).usage(clock.instant());
        } catch (LinuxException e) {
            throw HostFault.of("read network counters of pod " + id, e);
        }
    }

    private PinnedNamespaces pins(PodSandboxId id) {
        return new PinnedNamespaces(directories.of(id));
    }
}
