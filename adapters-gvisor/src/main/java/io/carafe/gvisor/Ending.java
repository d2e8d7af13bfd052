package io.carafe.gvisor;

import io.carafe.domain.process.ExitStatus;
import io.carafe.linux.cgroup.OomLedger;
import io.carafe.oci.cli.RuntimeLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How a container or sandbox ended, from what is written down; says the same whenever it is asked.
 *
 * <p>Of a container the waiter's word counts, and conmon's only where that has none: conmon knows the waiter's end, not the container's.
 */
record Ending(OomLedger oomLedger, InstantSource clock) {
    private static final int KILLED = 137;

    /** Made by us: the kernel has killed the sandbox for want of memory. */
    private static final String SANDBOX_OOM = "sandbox-oom";

    /** Empty while nothing is written down. */
    Optional<ExitStatus> of(MonitoredContainer container) throws IOException {
        Optional<ExitStatus> status = answered(container);
        if (status.isPresent()) {
            return status;
        }
        if (container.has(Waiter.ORPHANED)) {
            return Optional.of(orphaned(container));
        }
        Optional<ExitStatus> seen = container.files().exit();
        if (seen.isEmpty() || container.has("lost")) {
            return seen;
        }
        Instant at = seen.get().finishedAt();
        if (container.has(Waiter.STARTED)) {
            return Optional.of(ExitStatus.unknown(
                    at, "the process that waited for it was killed before it could tell the exit code"));
        }
        if (seen.get().code() == Waiter.REFUSED) {
            String words = new RuntimeLog(container.files().runtimeLog()).lastError();
            return Optional.of(new ExitStatus(Waiter.REFUSED, at, ExitStatus.START_ERROR, words));
        }
        // killed before it was started; whether conmon's own cgroup ran out of memory says nothing of it
        return Optional.of(ExitStatus.of(seen.get().code(), at, false));
    }

    /** As {@link #of}, for a sandbox. */
    Optional<ExitStatus> ofSandbox(MonitoredContainer sandbox) throws IOException {
        Optional<ExitStatus> seen = sandbox.files().exit();
        if (seen.isEmpty() || sandbox.has("lost")) {
            return seen;
        }
        // whatever the code is, for the sake of others below the same parent
        boolean killed = oomLedger.settle(sandbox.knownTrace().cgroup());
        boolean oom = seen.get().code() == KILLED && kept(sandbox, killed);
        return Optional.of(ExitStatus.of(seen.get().code(), seen.get().finishedAt(), oom));
    }

    /** What is to be said where all who could know are dead; written down, so that it stays the same. */
    ExitStatus lost(MonitoredContainer container) throws IOException {
        String reason = "its monitor (conmon) was killed before it could write the exit code; output may be missing";
        if (container.exists()) {
            container.files().writeLost(reason);
        }
        return container.files().exit().orElseGet(() -> ExitStatus.unknown(clock.instant(), reason));
    }

    private static Optional<ExitStatus> answered(MonitoredContainer container) throws IOException {
        Path file = container.file(Waiter.STATUS);
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(ExitStatus.of(Integer.parseInt(text), modified(file), false));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (NumberFormatException e) {
            throw new IOException("no number in " + file, e);
        }
    }

    private ExitStatus orphaned(MonitoredContainer container) throws IOException {
        String sandbox = container.knownTrace().sandbox();
        // it can be alive still, if only to end
        boolean oom = kept(container, oomLedger.hasKilledIn(cgroup(container.knownTrace(), sandbox)));
        return new ExitStatus(
                KILLED,
                modified(container.file(Waiter.ORPHANED)),
                oom ? ExitStatus.OOM_KILLED : ExitStatus.ERROR,
                oom
                        ? "its sandbox ran out of memory and was killed; the limits are those of the pod as a whole"
                        : "its sandbox " + sandbox + " has ended, and every container of the pod with it");
    }

    /** The counter goes with the cgroup, so that it has counted a kill is written down. */
    private static boolean kept(MonitoredContainer container, boolean killed) throws IOException {
        if (killed) {
            Files.write(container.file(SANDBOX_OOM), new byte[0]);
        }
        return killed || container.has(SANDBOX_OOM);
    }

    /** The sandbox' cgroup lies beside the container's and is called alike. */
    private static String cgroup(Trace trace, String sandbox) {
        String parent = trace.cgroup().substring(0, trace.cgroup().lastIndexOf('/') + 1);
        return parent + (trace.cgroup().endsWith(".scope") ? "carafe-" + sandbox + ".scope" : sandbox);
    }

    private static Instant modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }
}
