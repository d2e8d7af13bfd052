package io.carafe.runc;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.process.ProcessTable;
import io.carafe.linux.process.Signals;
import io.carafe.oci.exec.ExecFiles;
import java.io.IOException;
import java.util.List;

/** Commands of a daemon that has ended: nobody waits for them any more, and no timeout holds. */
record LeftoverExecs(RuncTools tools, MonitoredContainer container) {
    private static final System.Logger LOG = System.getLogger(LeftoverExecs.class.getName());

    /** Kills them and removes their files. What cannot be removed is removed with the container. */
    void end() {
        try {
            for (ExecFiles exec : ExecFiles.all(container.directory())) {
                end(exec);
            }
        } catch (IOException | LinuxException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "end the execs that an earlier daemon left in " + container + ": " + e);
        }
    }

    private void end(ExecFiles exec) throws IOException {
        // runc exec or conmon: both are given this file, whose name nobody else has
        List<ProcessIdentity> runtimes =
                ProcessTable.HOST.withArgument(exec.process().toString());
        for (ProcessIdentity runtime : runtimes) {
            ExecFamily.of(tools, container, exec, runtime).kill();
            Signals.send(runtime, Signal.KILL);
        }
        ExecFamily.orphaned(tools, container, exec).kill();
        exec.close();
    }
}
