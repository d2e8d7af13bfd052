package io.carafe.gvisor;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.linux.process.ProcessTable;
import io.carafe.oci.bundle.Bundle;
import io.carafe.oci.conmon.Conmon;
import io.carafe.oci.conmon.MonitorFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A container or a sandbox, by what lies on disk and in /proc. Holds no state of its own.
 *
 * @param what "container" or "sandbox", for messages
 */
record MonitoredContainer(String what, String id, MonitorFiles files) {
    static MonitoredContainer in(Path directory, String what, String id) {
        return new MonitoredContainer(what, id, new MonitorFiles(new Bundle(directory.resolve(id))));
    }

    Path directory() {
        return files.bundle().directory();
    }

    Path file(String name) {
        return directory().resolve(name);
    }

    boolean has(String name) {
        return Files.exists(file(name));
    }

    boolean exists() {
        return files.bundle().exists();
    }

    Optional<Trace> trace() throws IOException {
        return Trace.read(directory());
    }

    /** @throws IOException if it was cut off before there was one */
    Trace knownTrace() throws IOException {
        return trace().orElseThrow(() -> new IOException("no trace.json in " + directory()));
    }

    /** What conmon takes for its process, dead or alive: the waiter of a container, the sandbox itself; empty if there is none yet. */
    Optional<ProcessIdentity> process() throws IOException {
        Optional<ProcessIdentity> known = files.init();
        if (known.isPresent()) {
            return known;
        }
        // The daemon ended between the two files. The pid may be somebody else's by now, who would not name this id.
        return files.pid().filter(this::namesUs).flatMap(ProcessTable.HOST::identify);
    }

    Optional<ProcessIdentity> livingProcess() throws IOException {
        return process().filter(ProcessTable.HOST::isAlive);
    }

    /** Every conmon that lives and watches it, also one that was never written down. */
    List<ProcessIdentity> monitors(Path conmon) throws IOException {
        Optional<ProcessIdentity> recorded = files.monitor();
        if (recorded.isPresent()) {
            return recorded.filter(ProcessTable.HOST::isAlive).stream().toList();
        }
        return Conmon.find(conmon, directory());
    }

    private boolean namesUs(long pid) {
        return ProcessTable.HOST.arguments(pid).contains(id);
    }

    @Override
    public String toString() {
        return what + " " + id;
    }
}
