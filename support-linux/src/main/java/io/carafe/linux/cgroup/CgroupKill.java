package io.carafe.linux.cgroup;

import io.carafe.domain.process.Signal;
import io.carafe.linux.file.ControlFile;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.process.ProcessTable;
import io.carafe.linux.process.Signals;
import java.time.Duration;
import java.util.Set;

/** Kills all processes of a cgroup: as one where the kernel can, else one by one until none is left. */
final class CgroupKill {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final Cgroup cgroup;

    CgroupKill(Cgroup cgroup) {
        this.cgroup = cgroup;
    }

    boolean run(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Set<Long> left = cgroup.processes();
        if (left.isEmpty()) {
            return true;
        }
        boolean asOne = cgroup.canKillAsOne();
        if (!asOne) {
            // or a process that forks faster than we signal would never be caught
            cgroup.forbidForks();
        }
        Duration pause = FIRST_PAUSE;
        while (!left.isEmpty()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            if (asOne) {
                killAsOne();
            } else {
                left.forEach(CgroupKill::kill);
            }
            // A cgroup of version 1 tells nobody that it has become empty.
            Thread.sleep(pause);
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
            left = cgroup.processes();
        }
        return true;
    }

    private void killAsOne() {
        try {
            ControlFile.write(cgroup.directories().getFirst().resolve("cgroup.kill"), "1");
        } catch (LinuxException e) {
            if (!e.isGone()) { // its last process has ended, and with it somebody removed the cgroup
                throw e;
            }
        }
    }

    private static void kill(long pid) {
        ProcessTable.HOST.identify(pid).ifPresent(process -> Signals.send(process, Signal.KILL));
    }
}
