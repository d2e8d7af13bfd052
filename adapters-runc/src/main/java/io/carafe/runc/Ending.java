package io.carafe.runc;

import io.carafe.domain.process.ExitStatus;
import io.carafe.linux.cgroup.OomLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Optional;

/** How a container ended, from what is written down; says the same whenever it is asked. */
record Ending(OomLedger oomLedger, InstantSource clock) {
    /** 128 + SIGKILL. */
    private static final int KILLED = 137;

    private static final System.Logger LOG = System.getLogger(Ending.class.getName());

    /**
     * Empty while nothing is written down. conmon can learn of a kill for want of memory later than of the end, and then says nothing
     * of it: the kernel's own count decides, and is kept.
     */
    Optional<ExitStatus> of(MonitoredContainer container) throws IOException {
        Optional<ExitStatus> written = container.files().exit();
        Optional<Trace> trace = container.trace();
        if (written.isEmpty() || trace.isEmpty()) {
            return written;
        }
        // whatever the code is, for the sake of the pod's other containers
        boolean killed = oomLedger.settle(trace.get().cgroup());
        ExitStatus status = written.get();
        if (!killed || status.code() != KILLED || status.reason().equals(ExitStatus.OOM_KILLED)) {
            return written;
        }
        try {
            Files.write(container.files().oomFile(), new byte[0]);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the OOM kill of " + container + " cannot be written down", e);
        }
        return Optional.of(ExitStatus.of(status.code(), status.finishedAt(), true));
    }

    /** What is to be said of a container whose process is dead and whose conmon was killed; written down, so that it stays the same. */
    ExitStatus lost(MonitoredContainer container) throws IOException {
        String reason = "its monitor (conmon) was killed before it could write the exit code; output may be missing";
        try {
            if (container.exists()) {
                container.files().writeLost(reason);
            }
        } catch (IOException e) {
            // on a full disk; it must be told all the same, or nobody could remove the container and make room
            LOG.log(System.Logger.Level.WARNING, "the lost exit of " + container + " cannot be written down", e);
        }
        return of(container).orElseGet(() -> ExitStatus.unknown(clock.instant(), reason));
    }
}
