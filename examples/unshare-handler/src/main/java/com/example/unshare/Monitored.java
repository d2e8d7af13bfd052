package com.example.unshare;

import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.ports.runtime.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is so of a container now, from its files and the host's processes. */
record Monitored(ContainerFiles files) {
    /** How long a start or an end may be under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(10);

    Observation observe() throws IOException, InterruptedException {
        Instant begin = Instant.now();
        while (Duration.between(begin, Instant.now()).compareTo(PATIENCE) < 0) {
            try {
                Optional<Observation> seen = look();
                if (seen.isPresent()) {
                    return seen.get();
                }
            } catch (NoSuchFileException e) {
                // it is being deleted
            }
            Thread.sleep(PAUSE);
        }
        return new Observation.Unreachable(begin, "its monitor neither runs it nor ends");
    }

    /** Empty while a start or an end is under way. */
    private Optional<Observation> look() throws IOException {
        if (!files.exist()) {
            return Optional.of(new Observation.Gone("there is no " + files.directory()));
        }
        // first, because a monitor that has ended has written the exit before
        boolean watched = !monitors().isEmpty();
        Optional<ProcessHandle> init = init();
        Optional<ExitStatus> exit = files.exit();
        if (exit.isPresent()) {
            return exit.map(Observation.Exited::new);
        }
        if (init.isPresent()) {
            return Optional.of(new Observation.Running(init.flatMap(Monitored::identity)));
        }
        if (watched) {
            return Optional.empty();
        }
        // the first that a monitor makes
        if (!Files.exists(files.file("stdin"))) {
            return Optional.of(new Observation.Created());
        }
        files.writeLost();
        return files.exit().map(Observation.Exited::new);
    }

    /** The monitor and those of its processes that write the log; all end with the container. */
    List<ProcessHandle> monitors() {
        return HostProcesses.withArgument(files.file("monitor").toString());
    }

    /** The container's first process, once it is the command. */
    Optional<ProcessHandle> init() throws IOException {
        String rooted = ContainerCommand.rooted(files.root().toString());
        List<ProcessHandle> keepers = keepers();
        return keepers.stream()
                // the first process itself is like its keeper for a moment after the fork
                .filter(keeper -> keeper.parent().filter(keepers::contains).isEmpty())
                .flatMap(ProcessHandle::children)
                .filter(child -> isCommand(HostProcesses.arguments(child.pid()), rooted))
                .findFirst();
    }

    /** One that has ended has no arguments. */
    private static boolean isCommand(List<String> arguments, String rooted) {
        return !arguments.isEmpty() && !arguments.contains(rooted);
    }

    /** The one that waits for the first process, and that one until it is the command. */
    List<ProcessHandle> keepers() {
        return HostProcesses.withArgument(files.file("keep").toString());
    }

    private static Optional<ProcessIdentity> identity(ProcessHandle process) {
        return HostProcesses.startTime(process.pid()).map(start -> new ProcessIdentity(process.pid(), start));
    }
}
