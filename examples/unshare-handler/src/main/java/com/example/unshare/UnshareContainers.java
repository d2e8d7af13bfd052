package com.example.unshare;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.DurationText;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.ports.runtime.AttachedStreams;
import io.carafe.ports.runtime.ContainerPlan;
import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Containers as directories; each that runs has a monitor. */
final class UnshareContainers implements Containers {
    private static final Path DEV_NULL = Path.of("/dev/null");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HandlerContext context;
    private final Path unshare;

    UnshareContainers(HandlerContext context) {
        this.context = context;
        this.unshare = context.backend().options().path(UnshareProvider.PATH, UnshareProvider.UNSHARE);
    }

    @Override
    public void create(ContainerPlan plan) throws InterruptedException {
        String attempted = "create container " + plan.id();
        if (context.cgroupDriver() == CgroupDriver.SYSTEMD) {
            throw new Fault.Unsupported(attempted + ": this handler knows cgroupfs alone; set"
                    + " cgroup_driver = \"cgroupfs\" in [daemon] of Carafe's configuration and restart carafed, then the kubelet");
        }
        if (plan.spec().process().terminal()) {
            throw new Fault.Unsupported(attempted + ": this handler has no terminals");
        }
        doing(attempted, () -> {
            var cgroups =
                    ContainerCgroups.below(plan.podCgroup().value(), plan.id().value());
            files(plan.id()).create(plan, unshare, cgroups);
            try {
                cgroups.create();
            } catch (IOException e) {
                // else observe would say that it is created
                cgroups.remove();
                files(plan.id()).remove();
                throw e;
            }
            return plan;
        });
    }

    @Override
    public void start(ContainerId id) throws InterruptedException {
        String attempted = "start container " + id;
        ContainerFiles files = files(id);
        Observation before = observe(id);
        if (!(before instanceof Observation.Created)) {
            throw new Fault.WrongState(attempted + ": it is " + before);
        }
        doing(attempted, () -> {
            List<String> command = List.of(
                    "/usr/bin/setsid",
                    UnshareProvider.BASH.toString(),
                    files.file("monitor").toString());
            new ProcessBuilder(command)
                    .redirectInput(DEV_NULL.toFile())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            await(attempted, () -> {
                Observation now = observe(id);
                return now instanceof Observation.Running || now instanceof Observation.Exited;
            });
            Optional<ExitStatus> exit = files.exit();
            Optional<String> failure = exit.isPresent() ? files.failure() : Optional.empty();
            if (failure.isPresent() && ContainerCommand.isRefusal(exit.get().code(), failure.get())) {
                throw new Fault.InvalidArgument(attempted + ": " + failure.get());
            }
            if (failure.isPresent()) {
                throw new Fault.Unavailable(attempted + ": " + failure.get());
            }
            watch(id);
            return id;
        });
    }

    @Override
    public void kill(ContainerId id, Signal signal, KillScope scope) throws InterruptedException {
        Observation now = observe(id);
        doing("kill container " + id, () -> {
            if (now instanceof Observation.Created) {
                files(id).writeExit(128 + signal.number());
                context.exits().exited(id, files(id).exit().orElseThrow());
            } else if (now instanceof Observation.Running) {
                Optional<ProcessHandle> init = new Monitored(files(id)).init();
                if (init.isPresent()) {
                    send(
                            signal,
                            scope == KillScope.INIT
                                    ? List.of(init.get().pid())
                                    : family(id, init.get().pid()));
                }
            }
            return id;
        });
    }

    @Override
    public void delete(ContainerId id) throws InterruptedException {
        ContainerFiles files = files(id);
        doing("delete container " + id, () -> {
            if (files.exist()) {
                var monitored = new Monitored(files);
                await("end container " + id, () -> {
                    monitored.keepers().forEach(HostProcesses::killFamily);
                    return monitored.monitors().isEmpty() && monitored.keepers().isEmpty();
                });
                files.cgroups().remove();
            }
            files.remove();
            return id;
        });
    }

    @Override
    public Observation observe(ContainerId id) throws InterruptedException {
        return doing("observe container " + id, () -> new Monitored(files(id)).observe());
    }

    /** Also ends what the last daemon's execs have left: nobody waits for them any more. */
    @Override
    public void adopt(ContainerId id) throws InterruptedException {
        Observation now = observe(id);
        if (now instanceof Observation.Running running) {
            running.init()
                    .ifPresent(init -> HostProcesses.withArgument(ContainerCommand.target(init.pid()))
                            .forEach(HostProcesses::killFamily));
        }
        if (!(now instanceof Observation.Gone || now instanceof Observation.Created)) {
            watch(id);
        }
    }

    @Override
    public Optional<CgroupUsage> usage(ContainerId id) throws InterruptedException {
        if (!(observe(id) instanceof Observation.Running)) {
            return Optional.empty();
        }
        return doing(
                "read usage of container " + id,
                () -> Optional.of(
                        files(id).cgroups().usage(context.backend().clock().instant())));
    }

    @Override
    public void update(ContainerId id, LinuxResources resources) {
        throw new Fault.Unsupported("update container " + id + ": this handler has no limits of containers");
    }

    @Override
    public void reopenLog(ContainerId id) throws InterruptedException {
        String attempted = "reopen log of container " + id;
        if (!(observe(id) instanceof Observation.Running)) {
            throw new Fault.WrongState(attempted + ": it does not run, so nobody writes it");
        }
        doing(attempted, () -> {
            for (String stream : List.of("stdout", "stderr")) {
                Path reopened = files(id).file("reopened." + stream);
                Files.deleteIfExists(reopened);
                Path writer = files(id).file("writer." + stream);
                await(
                        attempted,
                        () -> Files.exists(writer) && !Files.readString(writer).isBlank());
                long pid = Long.parseLong(Files.readString(writer).strip());
                send(Signal.parse("USR1"), List.of(pid));
                await(
                        attempted,
                        () -> Files.exists(reopened)
                                || HostProcesses.arguments(pid).isEmpty());
            }
            return id;
        });
    }

    @Override
    public AttachedStreams attach(ContainerId id) {
        throw new Fault.Unsupported("attach to container " + id + ": not by this handler");
    }

    ContainerFiles files(ContainerId id) {
        return new ContainerFiles(
                context.backend().runDirectory().resolve("containers").resolve(id.value()));
    }

    /** Tells of the end, once the monitor has written it, or the container has outlived its monitor and ended too. */
    private void watch(ContainerId id) {
        context.backend().tasks().background("exit of " + id, () -> {
            try {
                Observation now;
                do {
                    for (ProcessHandle monitor : new Monitored(files(id)).monitors()) {
                        monitor.onExit().get();
                    }
                    now = observe(id);
                    if (now instanceof Observation.Running running) {
                        awaitEnd(running.init());
                    }
                } while (now instanceof Observation.Running || now instanceof Observation.Unreachable);
                if (now instanceof Observation.Exited(ExitStatus status)) {
                    context.exits().exited(id, status);
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("wait for container " + id, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the daemon ends; the container does not
            }
        });
    }

    private static void awaitEnd(Optional<ProcessIdentity> process) throws ExecutionException, InterruptedException {
        Optional<ProcessHandle> alive = process.flatMap(identity -> ProcessHandle.of(identity.pid()));
        if (alive.isPresent()) {
            alive.get().onExit().get();
        }
    }

    /** The container's processes, without those that stand outside and wait for one. */
    private List<Long> family(ContainerId id, long init) throws IOException {
        Optional<Path> namespace = pids(init);
        return files(id).cgroups().processes().stream()
                .filter(pid -> namespace.isPresent() && pids(pid).equals(namespace))
                .toList();
    }

    private static Optional<Path> pids(long pid) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/pid")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A process that has ended meanwhile is no error. */
    private static void send(Signal signal, List<Long> pids) throws IOException, InterruptedException {
        for (long pid : pids) {
            String command = "kill -" + signal.number() + " " + pid;
            new ProcessBuilder(UnshareProvider.BASH.toString(), "-c", command)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    private static void await(String attempted, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new Fault.Unavailable(attempted + ": not done within " + DurationText.of(PATIENCE));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static <T> T doing(String attempted, Callable<T> work) throws InterruptedException {
        try {
            return work.call();
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new Fault.Unavailable(attempted + ": " + e, e);
        }
    }
}
