package io.carafe.application.inventory;

import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.store.RecordStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The live sandboxes and containers. A change is on disk before it can be read; whoever changes an object holds its lock.
 *
 * <p>Ids may be given as any unique prefix, as people type them.
 */
public final class Inventory {
    private static final System.Logger LOG = System.getLogger(Inventory.class.getName());

    private final RecordStore store;
    private final Map<String, PodSandbox> sandboxes = new ConcurrentHashMap<>();
    private final Map<String, Container> containers = new ConcurrentHashMap<>();
    private final ReentrantLock changes = new ReentrantLock();
    private final Condition changed = changes.newCondition();

    public Inventory(RecordStore store) {
        this.store = store;
    }

    public Collection<PodSandbox> sandboxes() {
        return List.copyOf(sandboxes.values());
    }

    public Collection<Container> containers() {
        return List.copyOf(containers.values());
    }

    public List<Container> containersOf(PodSandboxId sandbox) {
        return containers.values().stream()
                .filter(c -> c.sandboxId().equals(sandbox))
                .toList();
    }

    public Optional<PodSandbox> findSandbox(String idOrPrefix) {
        return find("pod sandbox", sandboxes, idOrPrefix);
    }

    public Optional<Container> findContainer(String idOrPrefix) {
        return find("container", containers, idOrPrefix);
    }

    /** @throws Fault.NotFound if there is none */
    public PodSandbox sandbox(String idOrPrefix) {
        return findSandbox(idOrPrefix)
                .orElseThrow(() -> new Fault.NotFound("pod sandbox " + idOrPrefix + " does not exist"));
    }

    /** @throws Fault.NotFound if there is none */
    public Container container(String idOrPrefix) {
        return findContainer(idOrPrefix)
                .orElseThrow(() -> new Fault.NotFound("container " + idOrPrefix + " does not exist"));
    }

    public Optional<PodSandbox> sandboxByKey(String key) {
        return sandboxes.values().stream()
                .filter(s -> s.config().metadata().key().equals(key))
                .findFirst();
    }

    public void put(PodSandbox sandbox) {
        store.save(Records.SANDBOXES, sandbox.id().value(), sandbox);
        sandboxes.put(sandbox.id().value(), sandbox);
    }

    public void put(Container container) {
        store.save(Records.CONTAINERS, container.id().value(), container);
        containers.put(container.id().value(), container);
        signal();
    }

    /**
     * Shows what the handler told or what is being removed, also where it cannot be written, on a full disk: after a restart the
     * handler is asked again, nobody would tell of an exit a second time before, and a full disk needs removals most.
     */
    public void observed(Container container) {
        try {
            put(container);
        } catch (Fault e) {
            LOG.log(System.Logger.Level.WARNING, "the state of container " + container.id() + " is not on disk", e);
            containers.put(container.id().value(), container);
            signal();
        }
    }

    /** As {@link #observed(Container)}. */
    public void observed(PodSandbox sandbox) {
        try {
            put(sandbox);
        } catch (Fault e) {
            LOG.log(System.Logger.Level.WARNING, "the end of pod sandbox " + sandbox.id() + " is not on disk", e);
            sandboxes.put(sandbox.id().value(), sandbox);
        }
    }

    public void remove(PodSandboxId id) {
        store.delete(Records.SANDBOXES, id.value());
        sandboxes.remove(id.value());
    }

    public void remove(ContainerId id) {
        store.delete(Records.CONTAINERS, id.value());
        containers.remove(id.value());
        signal();
    }

    /** Ids of sandboxes whose record was set aside. They may run, so nothing of theirs is to be swept. */
    public Set<String> unreadableSandboxes() {
        return store.quarantinedIds(Records.SANDBOXES);
    }

    /** As {@link #unreadableSandboxes}. */
    public Set<String> unreadableContainers() {
        return store.quarantinedIds(Records.CONTAINERS);
    }

    /** What the disk says, at start. */
    public void load() {
        store.load(Records.SANDBOXES).values().values().forEach(s -> sandboxes.put(s.id().value(), s));
        store.load(Records.CONTAINERS).values().values().forEach(c -> containers.put(c.id().value(), c));
    }

    /** Waits until a container is gone or fulfils the condition; false if the time ran out before. */
    public boolean await(ContainerId id, Predicate<Container> condition, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        changes.lockInterruptibly();
        try {
            while (true) {
                Container now = containers.get(id.value());
                if (now == null || condition.test(now)) {
                    return true;
                }
                if (changed.awaitNanos(deadline - System.nanoTime()) <= 0) {
                    return false;
                }
            }
        } finally {
            changes.unlock();
        }
    }

    private void signal() {
        changes.lock();
        try {
            changed.signalAll();
        } finally {
            changes.unlock();
        }
    }

    private static <T> Optional<T> find(String what, Map<String, T> all, String idOrPrefix) {
        if (idOrPrefix.isEmpty()) {
            throw new Fault.InvalidArgument("the " + what + " id is empty");
        }
        T exact = all.get(idOrPrefix);
        if (exact != null) {
            return Optional.of(exact);
        }
        List<String> matches =
                all.keySet().stream().filter(id -> id.startsWith(idOrPrefix)).toList();
        if (matches.size() > 1) {
            throw new Fault.InvalidArgument(
                    what + " id '" + idOrPrefix + "' is the beginning of " + matches.size() + " ids: give more digits");
        }
        return matches.isEmpty() ? Optional.empty() : Optional.ofNullable(all.get(matches.getFirst()));
    }
}
