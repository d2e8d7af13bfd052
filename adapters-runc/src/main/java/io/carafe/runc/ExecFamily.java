package io.carafe.runc;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.oci.exec.ExecFiles;
import io.carafe.oci.exec.ExecProcesses;
import java.io.IOException;
import java.util.Optional;

/** Finds the processes that an exec has brought about. */
final class ExecFamily {
    private ExecFamily() {}

    static ExecProcesses of(RuncTools tools, MonitoredContainer container, ExecFiles exec, ProcessIdentity runtime)
            throws IOException {
        return new ExecProcesses(
                cgroup(tools, container),
                exec.files().bundle().directory(),
                Optional.of(runtime),
                exec.files().pid());
    }

    /** Of an exec whose runtime has ended, so that the command's pid may be another's by now: only the streams tell. */
    static ExecProcesses orphaned(RuncTools tools, MonitoredContainer container, ExecFiles exec) throws IOException {
        return new ExecProcesses(
                cgroup(tools, container), exec.files().bundle().directory(), Optional.empty(), Optional.empty());
    }

    private static Optional<Cgroup> cgroup(RuncTools tools, MonitoredContainer container) throws IOException {
        return container.trace().map(trace -> tools.cgroups().cgroup(trace.cgroup()));
    }
}
