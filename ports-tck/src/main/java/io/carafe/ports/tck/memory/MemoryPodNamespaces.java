package io.carafe.ports.tck.memory;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.resource.NetworkUsage;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.host.PodNamespaces;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers what is pinned; {@link #reboot} forgets it. The paths lead nowhere. */
public final class MemoryPodNamespaces implements PodNamespaces {
    private static final Map<String, NamespaceType> PREFIXES = Map.of(
            "net.", NamespaceType.NETWORK,
            "kernel.shm", NamespaceType.IPC,
            "kernel.msg", NamespaceType.IPC,
            "kernel.sem", NamespaceType.IPC,
            "fs.mqueue.", NamespaceType.IPC,
            "kernel.domainname", NamespaceType.UTS);

    private final Map<PodSandboxId, Map<NamespaceType, Path>> pins = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public MemoryPodNamespaces(InstantSource clock) {
        this.clock = clock;
    }

    /** What a reboot of the host does. */
    public void reboot() {
        pins.clear();
    }

    @Override
    public Map<NamespaceType, Path> pin(
            PodSandboxId id, Set<NamespaceType> types, String hostname, Map<String, String> sysctls) {
        if (!hostname.isEmpty() && !types.contains(NamespaceType.UTS)) {
            throw new Fault.InvalidArgument("pin namespaces of pod " + id + ": a hostname needs a UTS namespace");
        }
        for (String sysctl : sysctls.keySet()) {
            boolean own = PREFIXES.entrySet().stream()
                    .anyMatch(entry -> sysctl.startsWith(entry.getKey()) && types.contains(entry.getValue()));
            if (!own) {
                throw new Fault.InvalidArgument(
                        "pin namespaces of pod " + id + ": sysctl " + sysctl + " is not of " + types);
            }
        }
        Map<NamespaceType, Path> paths = new EnumMap<>(NamespaceType.class);
        types.forEach(type -> paths.put(type, Path.of("/memory/ns", id.value(), type.procName())));
        pins.put(id, Map.copyOf(paths));
        return paths;
    }

    @Override
    public void unpin(PodSandboxId id) {
        pins.remove(id);
    }

    @Override
    public Map<NamespaceType, Path> observe(PodSandboxId id) {
        return pins.getOrDefault(id, Map.of());
    }

    @Override
    public Set<PodSandboxId> list() {
        return Set.copyOf(pins.keySet());
    }

    @Override
    public Optional<NetworkUsage> networkUsage(PodSandboxId id) {
        return observe(id).containsKey(NamespaceType.NETWORK)
                ? Optional.of(new NetworkUsage(clock.instant(), List.of()))
                : Optional.empty();
    }
}
