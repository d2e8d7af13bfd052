package io.carafe.ports.tck.memory;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodNetworkStatus;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.network.NetworkRequest;
import io.carafe.ports.network.PodNetwork;
import io.carafe.ports.spi.HealthCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A network of 10.88.0.0/16 in memory. The addresses are in a map of its maker's, so that they can outlive it. */
public final class MemoryPodNetwork implements PodNetwork {
    private static final int FIRST = 2;
    private static final int LAST = 65_534;

    private final Map<PodSandboxId, String> addresses;
    private boolean configured = true;
    private Optional<String> podCidr = Optional.empty();

    public MemoryPodNetwork() {
        this(new ConcurrentHashMap<>());
    }

    /** @param addresses by pod; may hold those of a former life */
    public MemoryPodNetwork(Map<PodSandboxId, String> addresses) {
        this.addresses = addresses;
    }

    /** Says from now on whether there is a configuration. */
    public synchronized void configured(boolean now) {
        configured = now;
    }

    /** The address of every pod that is attached. */
    public synchronized Map<PodSandboxId, String> addresses() {
        return Map.copyOf(addresses);
    }

    @Override
    public synchronized Optional<String> podCidr() {
        return podCidr;
    }

    @Override
    public synchronized HealthCondition health() {
        return configured
                ? HealthCondition.OK
                : HealthCondition.failing("NetworkPluginNotReady", "no network is configured");
    }

    @Override
    public synchronized PodNetworkStatus attach(NetworkRequest request) {
        if (request.namespace().isEmpty()) {
            throw new Fault.InvalidArgument("attach pod sandbox " + request.id() + ": no network namespace was given");
        }
        if (!configured) {
            throw new Fault.Unavailable("attach pod sandbox " + request.id() + ": no network is configured");
        }
        addresses.remove(request.id());
        String address = free();
        addresses.put(request.id(), address);
        return new PodNetworkStatus(List.of(address), "{\"ips\":[{\"address\":\"" + address + "/16\"}]}");
    }

    private String free() {
        for (int host = FIRST; host <= LAST; host++) {
            String address = "10.88." + host / 256 + "." + host % 256;
            if (!addresses.containsValue(address)) {
                return address;
            }
        }
        throw new Fault.Unavailable("all addresses of 10.88.0.0/16 are taken");
    }

    @Override
    public synchronized void detach(NetworkRequest request) {
        addresses.remove(request.id());
    }

    @Override
    public synchronized void collectGarbage(Supplier<Set<PodSandboxId>> valid) {
        Set<PodSandboxId> keep = valid.get();
        new ArrayList<>(addresses.keySet())
                .stream().filter(id -> !keep.contains(id)).forEach(addresses::remove);
    }

    @Override
    public synchronized void podCidr(String cidr) {
        podCidr = Optional.of(cidr);
    }
}
