package io.carafe.application.node;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.Signal;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.runtime.ExitSink;
import io.carafe.ports.runtime.Observation;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processes of a node. They outlive the daemon: give the same ones to the next {@link MemoryRuntimeHandler}. What a process
 * does its first argument says: "sleep" runs until it is signalled, "stubborn" until SIGKILL, "stuck" for ever, "exit" ends at
 * once with the code that follows, any other cannot be executed.
 */
public final class MemoryProcesses {
    private static final Set<String> PROGRAMS = Set.of("sleep", "stubborn", "stuck", "exit");

    private final InstantSource clock;
    private final Map<String, Entry> processes = new HashMap<>();
    private final Map<String, ExitSink> watchers = new HashMap<>();

    /** @param exit empty while it lives */
    private record Entry(boolean sandbox, String program, int code, boolean started, Optional<ExitStatus> exit) {
        Entry start() {
            return new Entry(sandbox, program, code, true, exit);
        }

        Entry end(ExitStatus status) {
            return new Entry(sandbox, program, code, started, Optional.of(status));
        }
    }

    public MemoryProcesses(InstantSource clock) {
        this.clock = clock;
    }

    /** The end of a daemon: nobody is told of exits, until adoption. */
    public synchronized void forgetWatchers() {
        watchers.clear();
    }

    /** The end of all, as after a reboot. */
    public synchronized void reboot() {
        processes.clear();
        watchers.clear();
    }

    /** The ids of all that a handler keeps something of. */
    public synchronized Set<String> ids() {
        return Set.copyOf(processes.keySet());
    }

    /** Whether a process lives under this id, started or not. */
    public synchronized boolean lives(String id) {
        Entry process = processes.get(id);
        return process != null && process.exit().isEmpty();
    }

    /** A process ends by itself. */
    public void exit(ContainerId id, int code) {
        end(id.value(), code);
    }

    /** The sandbox container ends by itself. */
    public void exit(PodSandboxId id, int code) {
        end(id.value(), code);
    }

    synchronized boolean make(String id, boolean sandbox, String program, int code, ExitSink watcher) {
        watchers.put(id, watcher);
        return processes.putIfAbsent(id, new Entry(sandbox, program, code, sandbox, Optional.empty())) == null;
    }

    /** Whether there is such a program. */
    boolean start(String id) {
        Entry started;
        synchronized (this) {
            started = processes.get(id);
            if (started == null || !PROGRAMS.contains(started.program())) {
                return false;
            }
            processes.put(id, started.start());
        }
        if (started.program().equals("exit")) {
            end(id, started.code());
        }
        return true;
    }

    void signal(String id, Signal signal) {
        String program;
        synchronized (this) {
            Entry process = processes.get(id);
            program = process == null ? "" : process.program();
        }
        boolean dies = switch (program) {
            case "stuck" -> false;
            case "stubborn" -> signal.equals(Signal.KILL);
            default -> true;
        };
        if (dies) {
            end(id, 128 + signal.number());
        }
    }

    private void end(String id, int code) {
        ExitSink watcher;
        Entry ended;
        synchronized (this) {
            Entry process = processes.get(id);
            if (process == null || process.exit().isPresent()) {
                return;
            }
            ended = process.end(ExitStatus.of(code, clock.instant(), false));
            processes.put(id, ended);
            watcher = watchers.get(id);
        }
        if (watcher != null) {
            tell(id, ended, watcher);
        }
    }

    private static void tell(String id, Entry ended, ExitSink watcher) {
        if (ended.sandbox()) {
            watcher.sandboxExited(new PodSandboxId(id), ended.exit().orElseThrow());
        } else {
            watcher.exited(new ContainerId(id), ended.exit().orElseThrow());
        }
    }

    void adopt(String id, ExitSink watcher) {
        Entry process;
        synchronized (this) {
            process = processes.get(id);
            if (process == null) {
                return;
            }
            watchers.put(id, watcher);
        }
        if (process.exit().isPresent()) {
            tell(id, process, watcher);
        }
    }

    synchronized void delete(String id) {
        processes.remove(id);
        watchers.remove(id);
    }

    synchronized Observation observe(String id) {
        Entry process = processes.get(id);
        if (process == null) {
            return new Observation.Gone("there is no process of " + id);
        }
        return process.exit()
                .<Observation>map(Observation.Exited::new)
                .orElseGet(() ->
                        process.started() ? new Observation.Running(Optional.empty()) : new Observation.Created());
    }
}
