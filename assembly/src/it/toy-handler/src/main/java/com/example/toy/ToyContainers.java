package com.example.toy;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.ports.runtime.AttachedStreams;
import io.carafe.ports.runtime.ContainerPlan;
import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Containers in memory: after a restart of the daemon they are gone, which is what {@link #observe} says. */
final class ToyContainers implements Containers {
    private final Map<ContainerId, ToyContainer> containers = new ConcurrentHashMap<>();
    private final HandlerContext context;

    ToyContainers(HandlerContext context) {
        this.context = context;
    }

    @Override
    public void create(ContainerPlan plan) {
        containers.put(plan.id(), new ToyContainer(plan));
    }

    @Override
    public void start(ContainerId id) {
        ToyContainer container = container("start", id);
        Process process = container.start();
        InstantSource clock = context.backend().clock();
        ToyLog log = new ToyLog(container.plan().logPath(), clock);
        Thread out = context.backend().tasks()
                .background("stdout of " + id, () -> log.copy("stdout", process.getInputStream()));
        Thread err = context.backend().tasks()
                .background("stderr of " + id, () -> log.copy("stderr", process.getErrorStream()));
        context.backend().tasks().background("exit of " + id, () -> {
            try {
                int code = process.waitFor();
                out.join();
                err.join();
                ExitStatus status = ExitStatus.of(code, clock.instant(), false);
                container.ended(status);
                context.exits().exited(id, status);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void kill(ContainerId id, Signal signal, KillScope scope) throws InterruptedException {
        Optional<Process> process =
                Optional.ofNullable(containers.get(id)).flatMap(ToyContainer::process).filter(Process::isAlive);
        if (process.isPresent()) {
            signal(process.get(), signal);
        }
    }

    /** nsenter and chroot become the command, so its pid is the process' own. */
    static void signal(Process process, Signal signal) throws InterruptedException {
        try {
            new ProcessBuilder("/bin/kill", "-" + signal.number(), Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new Fault.Unavailable("kill process " + process.pid() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void delete(ContainerId id) throws InterruptedException {
        ToyContainer container = containers.get(id);
        if (container == null) {
            return;
        }
        Optional<Process> process = container.process();
        if (process.isPresent()) {
            process.get().destroyForcibly().waitFor();
        }
        containers.remove(id);
    }

    @Override
    public Observation observe(ContainerId id) {
        ToyContainer container = containers.get(id);
        return container == null
                ? new Observation.Gone("the toy handler keeps containers in memory, and has none of this id")
                : container.observe();
    }

    @Override
    public void adopt(ContainerId id) {}

    @Override
    public Optional<CgroupUsage> usage(ContainerId id) {
        return Optional.empty();
    }

    @Override
    public void update(ContainerId id, LinuxResources resources) {
        throw new Fault.Unsupported("update container " + id + ": not by the toy handler");
    }

    /** The log is opened for each line, so that there is nothing to do. */
    @Override
    public void reopenLog(ContainerId id) {}

    @Override
    public AttachedStreams attach(ContainerId id) {
        throw new Fault.Unsupported("attach to container " + id + ": not by the toy handler");
    }

    ToyContainer container(String what, ContainerId id) {
        ToyContainer container = containers.get(id);
        if (container == null) {
            throw new Fault.NotFound(what + " container " + id + ": the toy handler has none of this id");
        }
        return container;
    }
}
