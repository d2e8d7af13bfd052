package com.example.toy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.spec.OciNamespace;
import io.carafe.domain.spec.OciProcess;
import io.carafe.domain.spec.OciSpec;
import io.carafe.ports.runtime.ContainerPlan;
import io.carafe.ports.runtime.Observation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One container: planned, running or ended. Guarded by itself. */
final class ToyContainer {
    private final ContainerPlan plan;
    private Optional<Process> process = Optional.empty();
    private Optional<ExitStatus> exit = Optional.empty();

    ToyContainer(ContainerPlan plan) {
        this.plan = plan;
    }

    /** The command line that runs {@code process} in the pod's network and under the container's root. */
    ProcessBuilder command(OciProcess process) {
        OciSpec spec = plan.spec();
        List<String> argv = new ArrayList<>(List.of("/usr/bin/nsenter"));
        spec.linux().namespaces().stream()
                .filter(namespace -> namespace.type().equals("network"))
                .map(OciNamespace::path)
                .flatMap(Optional::stream)
                .forEach(path -> argv.add("--net=" + path));
        argv.addAll(List.of("--", "/usr/sbin/chroot", spec.root().path()));
        argv.addAll(process.args());
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().clear();
        for (String variable : process.env()) {
            int equals = variable.indexOf('=');
            builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return builder;
    }

    ContainerPlan plan() {
        return plan;
    }

    synchronized Process start() {
        if (process.isPresent()) {
            throw new Fault.WrongState("start container " + plan.id() + ": it was started already");
        }
        try {
            Process started = command(plan.spec().process()).start();
            started.getOutputStream().close();
            process = Optional.of(started);
            return started;
        } catch (IOException e) {
            throw new Fault.Unavailable("start container " + plan.id() + ": " + e.getMessage(), e);
        }
    }

    synchronized void ended(ExitStatus status) {
        exit = Optional.of(status);
    }

    synchronized Optional<Process> process() {
        return process;
    }

    synchronized Observation observe() {
        if (exit.isPresent()) {
            return new Observation.Exited(exit.get());
        }
        return process.isPresent() ? new Observation.Running(Optional.empty()) : new Observation.Created();
    }
}
