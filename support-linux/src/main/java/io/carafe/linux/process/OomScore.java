package io.carafe.linux.process;

import io.carafe.linux.file.ControlFile;
import io.carafe.linux.libc.LinuxException;
import java.nio.file.Path;
import java.util.Set;

/** How willingly the kernel kills a process when memory is short. Source: proc_pid_oom_score_adj(5). */
public final class OomScore {
    private OomScore() {}

    /** Sets it for processes that may end meanwhile; fails with EACCES where it is lowered without CAP_SYS_RESOURCE. */
    public static void set(Set<Long> pids, int score) {
        for (long pid : pids) {
            Path file = Path.of("/proc", Long.toString(pid), "oom_score_adj");
            boolean other = ControlFile.read(file)
                    .filter(value -> Integer.parseInt(value.strip()) != score)
                    .isPresent();
            try {
                if (other) {
                    ControlFile.write(file, Integer.toString(score));
                }
            } catch (LinuxException e) {
                if (!e.isMissing()) {
                    throw e;
                }
            }
        }
    }
}
