package io.carafe.runc;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.process.ProcessTable;
import io.carafe.linux.process.Signals;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The processes that one exec has brought about, also those whose parent has ended and that now are children of the container's
 * first process.
 *
 * <p>One of the container's processes is the exec's if its parents lead to it, if it is of its session (runtimes begin a new one
 * for each exec), or if it holds one of the pipes that the runtime made for it. Only a daemon that has cut all three ties is none of
 * these, and cannot be told from the container's own.
 *
 * @param runtime the foreground {@code exec} of the runtime
 * @param command the command's first process, which may be dead; empty if the runtime has not come so far
 */
record ExecProcesses(Cgroup cgroup, ProcessIdentity runtime, Optional<Long> command) {
    private static final int ROUNDS = 20;
    private static final Path PROC = Path.of("/proc");

    /** Kills them all, and those they start meanwhile. The runtime sees its command end, and ends. */
    void kill() {
        Set<String> pipes = pipes(runtime.pid());
        for (int round = 0; round < ROUNDS; round++) {
            Set<ProcessIdentity> found = find(pipes);
            if (found.isEmpty()) {
                return;
            }
            found.forEach(process -> Signals.send(process, Signal.KILL));
        }
    }

    private Set<ProcessIdentity> find(Set<String> pipes) {
        Set<Long> family = new HashSet<>(Set.of(runtime.pid()));
        command.ifPresent(family::add);
        Set<Long> candidates = cgroup.processes();
        Set<ProcessIdentity> found = new LinkedHashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (long pid : candidates) {
                if (family.contains(pid) && !command.equals(Optional.of(pid))) {
                    continue;
                }
                Optional<ProcessIdentity> process = ProcessTable.HOST
                        .stat(pid)
                        .filter(stat -> stat.isAlive())
                        .filter(stat -> command.equals(Optional.of(pid))
                                || family.contains(stat.parent())
                                || command.equals(Optional.of(stat.session()))
                                || holds(pid, pipes))
                        .map(stat -> new ProcessIdentity(pid, stat.startTime()));
                if (process.isPresent() && found.add(process.get())) {
                    family.add(pid);
                    more = true;
                }
            }
        }
        return found;
    }

    private static boolean holds(long pid, Set<String> pipes) {
        return pipes(pid).stream().anyMatch(pipes::contains);
    }

    /** The pipes that a process has open, as {@code pipe:[inode]}. */
    private static Set<String> pipes(long pid) {
        Set<String> pipes = new HashSet<>();
        Path directory = PROC.resolve(Long.toString(pid)).resolve("fd");
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(directory)) {
            for (Path descriptor : descriptors) {
                target(descriptor).filter(name -> name.startsWith("pipe:")).ifPresent(pipes::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // it has just ended, and with it all it held
        }
        return pipes;
    }

    private static Optional<String> target(Path descriptor) {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
