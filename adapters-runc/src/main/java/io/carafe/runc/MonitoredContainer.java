package io.carafe.runc;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.linux.file.ControlFile;
import io.carafe.linux.process.ProcessTable;
import io.carafe.oci.bundle.Bundle;
import io.carafe.oci.conmon.Conmon;
import io.carafe.oci.conmon.MonitorFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One container or pause process, by what lies on disk and in /proc. Holds no state of its own.
 *
 * @param what "container" or "sandbox", for messages
 * @param runtimeRoot the runtime's own state directory
 */
record MonitoredContainer(String what, String id, MonitorFiles files, Path runtimeRoot) {
    static MonitoredContainer in(Path directory, String what, String id, Path runtimeRoot) {
        return new MonitoredContainer(what, id, new MonitorFiles(new Bundle(directory.resolve(id))), runtimeRoot);
    }

    Path directory() {
        return files.bundle().directory();
    }

    boolean exists() {
        return files.bundle().exists();
    }

    Optional<Trace> trace() throws IOException {
        return Trace.read(directory());
    }

    /** Its first process, dead or alive; empty if it was not created. */
    Optional<ProcessIdentity> init() throws IOException {
        Optional<ProcessIdentity> known = files.init();
        if (known.isPresent()) {
            return known;
        }
        // The daemon ended between the two files. The pid may be somebody else's by now, whose cgroup would tell.
        return files.pid()
                .filter(this::isInOurCgroup)
                .flatMap(ProcessTable.HOST::identify)
                .filter(process -> isInOurCgroup(process.pid()));
    }

    /** Its first process, if it lives. */
    Optional<ProcessIdentity> livingInit() throws IOException {
        return init().filter(ProcessTable.HOST::isAlive);
    }

    /** Every conmon that lives and watches it, also one that was never written down. */
    List<ProcessIdentity> monitors(Path conmon) throws IOException {
        Optional<ProcessIdentity> recorded = files.monitor();
        if (recorded.isPresent()) {
            return recorded.filter(ProcessTable.HOST::isAlive).stream().toList();
        }
        return new ArrayList<>(Conmon.find(conmon, directory()));
    }

    /** True until the runtime has let the process go: runc and crun both keep this pipe for the process to wait at. */
    boolean waitsForStart() {
        return Files.exists(runtimeState().resolve("exec.fifo"));
    }

    /** What the runtime keeps of it. */
    Path runtimeState() {
        return runtimeRoot.resolve(id);
    }

    private boolean isInOurCgroup(long pid) {
        return ControlFile.read(Path.of("/proc", Long.toString(pid), "cgroup"))
                .filter(text -> text.contains(id))
                .isPresent();
    }

    @Override
    public String toString() {
        return what + " " + id;
    }
}
