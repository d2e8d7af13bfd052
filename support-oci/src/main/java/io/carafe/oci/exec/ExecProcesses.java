package io.carafe.oci.exec;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.process.ProcessStat;
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
 * for each exec), or if it has one of its streams open. Only a daemon that has cut all three ties is none of these, and cannot be
 * told from the container's own.
 *
 * @param cgroup the container's; empty if nothing is known of it
 * @param directory where the exec has its FIFOs
 * @param runtime who has the exec's streams and is the parent of its command: the foreground {@code exec} of the runtime, or conmon; the
 *     command itself where a shim is its parent; empty if it has ended
 * @param command the command's first process, which may be dead; empty if the runtime has not come so far
 */
public record ExecProcesses(
        Optional<Cgroup> cgroup, Path directory, Optional<ProcessIdentity> runtime, Optional<Long> command) {
    private static final int ROUNDS = 20;
    private static final Path PROC = Path.of("/proc");

    /** Kills them all, and those they start meanwhile. The runtime sees its command end, and ends. */
    public void kill() {
        Set<String> streams = new HashSet<>(Set.of(
                directory.resolve(ExecFiles.STDOUT).toString(),
                directory.resolve(ExecFiles.STDERR).toString()));
        runtime.ifPresent(process -> streams.addAll(streams(process.pid())));
        for (int round = 0; round < ROUNDS; round++) {
            Set<ProcessIdentity> found = find(streams);
            if (found.isEmpty()) {
                return;
            }
            found.forEach(process -> Signals.send(process, Signal.KILL));
        }
    }

    private Set<ProcessIdentity> find(Set<String> streams) {
        Set<Long> candidates = cgroup.map(Cgroup::processes).orElse(Set.of());
        Set<Long> family = new HashSet<>();
        runtime.ifPresent(process -> family.add(process.pid()));
        Set<ProcessIdentity> found = new LinkedHashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (long pid : candidates) {
                Optional<ProcessStat> kin = ProcessTable.HOST
                        .stat(pid)
                        .filter(ProcessStat::isAlive)
                        .filter(stat -> family.contains(pid) || isKin(stat, family, streams));
                if (kin.isPresent()
                        && found.add(new ProcessIdentity(pid, kin.get().startTime()))) {
                    family.add(pid);
                    more = true;
                }
            }
        }
        return found;
    }

    private boolean isKin(ProcessStat stat, Set<Long> family, Set<String> streams) {
        return command.equals(Optional.of(stat.pid()))
                || command.equals(Optional.of(stat.session()))
                || family.contains(stat.parent())
                || streams(stat.pid()).stream().anyMatch(streams::contains);
    }

    /** The pipes ({@code pipe:[inode]}) and FIFOs of the exec that a process has open. */
    private Set<String> streams(long pid) {
        Set<String> names = new HashSet<>();
        Path descriptors = PROC.resolve(Long.toString(pid)).resolve("fd");
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(descriptors)) {
            for (Path entry : entries) {
                target(entry)
                        .filter(name -> name.startsWith("pipe:") || name.startsWith(directory + "/"))
                        .ifPresent(names::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // it has just ended, and with it all it held
        }
        return names;
    }

    private static Optional<String> target(Path descriptor) {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
