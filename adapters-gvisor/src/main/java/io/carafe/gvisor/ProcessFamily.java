package io.carafe.gvisor;

import io.carafe.domain.process.Signal;
import io.carafe.oci.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The processes inside a sandbox that one command has brought about, as far as parents lead to it: of more runsc knows nothing.
 *
 * @param internalPid the file with the command's pid; missing while it does not run
 */
record ProcessFamily(Runsc runsc, String container, Path internalPid) {
    private static final int ROUNDS = 20;
    private static final Signal STOP = new Signal(19);

    /** Stops them all, so that none escapes by starting another, then kills them; content if they or the container have ended. */
    void kill() throws IOException, CommandFailure, InterruptedException {
        Set<Long> known = new HashSet<>();
        try {
            known.add(Long.valueOf(Files.readString(internalPid).strip()));
        } catch (NoSuchFileException | NumberFormatException e) {
            // it has not begun
            return;
        }
        Set<Long> stopped = new HashSet<>();
        for (int round = 0; round < ROUNDS && !stopped.equals(known); round++) {
            for (long pid : known) {
                if (stopped.add(pid)) {
                    send(pid, STOP);
                }
            }
            grow(known, parents());
        }
        for (long pid : known) {
            send(pid, Signal.KILL);
        }
    }

    /** Adds all whose parents lead to one of {@code known}; those who lost theirs on the way are known by then. */
    static void grow(Set<Long> known, Map<Long, Long> parents) {
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<Long, Long> process : parents.entrySet()) {
                more |= known.contains(process.getValue()) && known.add(process.getKey());
            }
        }
    }

    private Map<Long, Long> parents() throws CommandFailure, InterruptedException {
        try {
            return runsc.parents(container);
        } catch (CommandFailure.BadExit e) {
            // the container has ended
            return Map.of();
        }
    }

    private void send(long pid, Signal signal) throws CommandFailure, InterruptedException {
        try {
            runsc.kill(container, pid, signal);
        } catch (CommandFailure.BadExit e) {
            // it has ended
        }
    }
}
