package io.carafe.kata;

import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.linux.process.ProcessTable;
import io.carafe.oci.bundle.Bundle;
import io.carafe.oci.json.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One container or sandbox container, by what lies on disk. Holds no state of its own.
 *
 * <p>Crash: what is there is true; files are written by renaming or linking.
 *
 * @param what "container" or "sandbox", for messages
 */
record ShimTask(String what, String id, Bundle bundle) {
    private static final Json JSON = new Json();

    private record Exit(int code, long second, int nano, String reason, String message) {}

    static ShimTask in(Path directory, String what, String id) {
        return new ShimTask(what, id, new Bundle(directory.resolve(id)));
    }

    Path directory() {
        return bundle.directory();
    }

    boolean exists() {
        return bundle.exists();
    }

    Path file(String name) {
        return directory().resolve(name);
    }

    Path execs() {
        return file("execs");
    }

    void writeTrace(TaskTrace trace) throws IOException {
        JSON.write(trace, file("trace.json"));
    }

    /** Empty if the daemon ended before it was written: then nothing else was made. */
    Optional<TaskTrace> trace() throws IOException {
        return read("trace.json", TaskTrace.class);
    }

    void writeInit(ProcessIdentity init) throws IOException {
        JSON.write(init, file("init.json"));
    }

    /** Its first process on the host, dead or alive; empty where it has none there. */
    Optional<ProcessIdentity> init() throws IOException {
        return read("init.json", ProcessIdentity.class);
    }

    /** Its first process on the host, if it lives. */
    Optional<ProcessIdentity> livingInit() throws IOException {
        return init().filter(ProcessTable.HOST::isAlive);
    }

    /** Written when the shim has answered to its creation. */
    void writeCreated() throws IOException {
        Files.writeString(file("created"), "");
    }

    boolean wasCreated() {
        return Files.exists(file("created"));
    }

    /** Writes how it ended, once: the first that is written stays. False if its directory is gone. */
    boolean writeExit(ExitStatus status) throws IOException {
        Path temporary = file("exit.json." + UUID.randomUUID());
        try {
            Instant at = status.finishedAt();
            JSON.write(
                    new Exit(status.code(), at.getEpochSecond(), at.getNano(), status.reason(), status.message()),
                    temporary);
            Files.createLink(file("exit.json"), temporary);
            return true;
        } catch (FileAlreadyExistsException e) {
            // another has found it out, too
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** How it ended and that its output is in the log, as far as it is written down. */
    Optional<ExitStatus> exit() throws IOException {
        return read("exit.json", Exit.class)
                .map(exit -> new ExitStatus(
                        exit.code(), Instant.ofEpochSecond(exit.second(), exit.nano()), exit.reason(), exit.message()));
    }

    private <T> Optional<T> read(String name, Class<T> type) throws IOException {
        try {
            return Optional.of(JSON.read(file(name), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return what + " " + id;
    }
}
