package io.carafe.application.stats;

import io.carafe.application.handler.Handlers;
import io.carafe.application.inventory.Inventory;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.ports.host.HostProvider.Host;
import io.carafe.ports.image.Snapshotter;
import io.carafe.ports.spi.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * CRI ContainerStats, ListContainerStats, PodSandboxStats, ListPodSandboxStats. Lists are gathered in parallel; a container that
 * does not answer in time is shown with its last figures, whose own timestamps tell their age.
 */
public final class Stats {
    private static final System.Logger LOG = System.getLogger(Stats.class.getName());
    private static final Duration PER_CONTAINER = Duration.ofSeconds(2);
    private static final int AT_ONCE = 16;

    private final Inventory inventory;
    private final Handlers handlers;
    private final Snapshotter snapshotter;
    private final Host host;
    private final Tasks tasks;
    private final CpuRates rates = new CpuRates();
    private final Map<String, ContainerUsage> last = new ConcurrentHashMap<>();

    public Stats(Inventory inventory, Handlers handlers, Snapshotter snapshotter, Host host, Tasks tasks) {
        this.inventory = inventory;
        this.handlers = handlers;
        this.snapshotter = snapshotter;
        this.host = host;
        this.tasks = tasks;
    }

    public ContainerUsage container(String idOrPrefix) throws InterruptedException {
        Container container = inventory.container(idOrPrefix);
        try {
            return measure(container);
        } catch (Fault e) {
            requireThere(container);
            throw e;
        }
    }

    /** Of the running containers that fulfil the condition. */
    public List<ContainerUsage> containers(Predicate<Container> condition) throws InterruptedException {
        List<Container> wanted = inventory.containers().stream()
                .filter(c -> c.state() instanceof ContainerState.Running)
                .filter(condition)
                .toList();
        forgetRemoved();
        return inParallel("container stats", wanted, this::measureOrLast).stream()
                .filter(usage -> isThere(usage.container()))
                .toList();
    }

    public PodUsage pod(String idOrPrefix) throws InterruptedException {
        return measure(inventory.sandbox(idOrPrefix));
    }

    /** Of the ready pods that fulfil the condition. */
    public List<PodUsage> pods(Predicate<PodSandbox> condition) throws InterruptedException {
        List<PodSandbox> wanted = inventory.sandboxes().stream()
                .filter(PodSandbox::isReady)
                .filter(condition)
                .toList();
        forgetRemoved();
        return inParallel("pod stats", wanted, this::measureUnlessFailing).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private boolean isThere(Container container) {
        return inventory.findContainer(container.id().value()).isPresent();
    }

    private void requireThere(Container container) {
        if (!isThere(container)) {
            throw new Fault.NotFound("stats of container " + container.id() + ": it was removed meanwhile");
        }
    }

    /** One that is being removed, say, takes nothing from the others. */
    private Optional<PodUsage> measureUnlessFailing(PodSandbox sandbox) throws InterruptedException {
        try {
            return Optional.of(measure(sandbox));
        } catch (Fault e) {
            LOG.log(System.Logger.Level.WARNING, "stats of pod sandbox " + sandbox.id() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private interface Measure<T, R> {
        R of(T one) throws InterruptedException;
    }

    private <T, R> List<R> inParallel(String name, List<T> wanted, Measure<T, R> measure) throws InterruptedException {
        return tasks.all(
                name,
                AT_ONCE,
                wanted.stream().map(one -> (Callable<R>) () -> measure.of(one)).toList());
    }

    private ContainerUsage measureOrLast(Container container) throws InterruptedException {
        String id = container.id().value();
        try {
            ContainerUsage usage = tasks.within("stats of container " + id, PER_CONTAINER, () -> measure(container));
            last.put(id, usage);
            return usage;
        } catch (Fault e) {
            LOG.log(System.Logger.Level.WARNING, "stats of container " + id + ": " + e.getMessage());
            return last.getOrDefault(
                    id, new ContainerUsage(container, Optional.empty(), OptionalLong.empty(), Optional.empty()));
        }
    }

    private ContainerUsage measure(Container container) throws InterruptedException {
        Optional<CgroupUsage> usage = container.state() instanceof ContainerState.Running
                ? handlers.of(container.handler()).containers().usage(container.id())
                : Optional.empty();
        return new ContainerUsage(
                container,
                usage,
                rate(container.id().value(), usage),
                Optional.of(snapshotter.usage(container.id().value())));
    }

    private PodUsage measure(PodSandbox sandbox) throws InterruptedException {
        List<ContainerUsage> containers = containers(c -> c.sandboxId().equals(sandbox.id()));
        Optional<CgroupUsage> usage =
                sandbox.cgroup().flatMap(host.cgroup()::usage).map(whole -> counted(whole, containers));
        return new PodUsage(
                sandbox,
                usage,
                rate(sandbox.id().value(), usage),
                host.namespaces().networkUsage(sandbox.id()),
                containers);
    }

    /** A cgroup counts threads, also those of a kernel that serves the pod; its processes are what the containers have. */
    private static CgroupUsage counted(CgroupUsage whole, List<ContainerUsage> containers) {
        return containers.isEmpty()
                ? whole
                : whole.withProcesses(containers.stream()
                        .flatMap(container -> container.cgroup().stream())
                        .mapToLong(CgroupUsage::processes)
                        .sum());
    }

    private OptionalLong rate(String id, Optional<CgroupUsage> usage) {
        return usage.isPresent() ? rates.rate(id, usage.get().cpu()) : OptionalLong.empty();
    }

    private void forgetRemoved() {
        var known = inventory.containers().stream().map(c -> c.id().value()).collect(Collectors.toSet());
        last.keySet().retainAll(known);
        inventory.sandboxes().forEach(s -> known.add(s.id().value()));
        rates.retain(known);
    }
}
