package io.carafe.oci.conmon;

import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.oci.bundle.Bundle;
import io.carafe.oci.json.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The files of a container under conmon. All are in its bundle directory, which is also conmon's persist directory.
 *
 * <p>Crash: what is there is true: conmon and we write by renaming. conmon ends after it has written {@code exit}, so once it has
 * ended, that file either is there or will never be.
 */
public record MonitorFiles(Bundle bundle) {
    private static final Json JSON = new Json();

    /** Written by the runtime when the container is created: the host's pid of its first process, as text. */
    public Path pidFile() {
        return file("pid");
    }

    /** conmon's own process, written by us before it is told to begin. */
    public Path monitorFile() {
        return file("monitor.json");
    }

    /** The container's first process, written by us when it is known. */
    public Path initFile() {
        return file("init.json");
    }

    /** Written by conmon: the exit code as text, 128 + n after signal n. */
    public Path exitFile() {
        return file("exit");
    }

    /** Written by us when conmon died before the container, so that its exit code is lost: the reason. */
    public Path lostFile() {
        return file("lost");
    }

    /** Made by conmon when the kernel has killed a process of the container for want of memory. */
    public Path oomFile() {
        return file("oom");
    }

    /** conmon's own complaints. */
    public Path complaints() {
        return file("conmon.log");
    }

    /** The last of conmon's complaints; empty if there is none. */
    public String lastComplaint() {
        try {
            return Files.readString(complaints()).strip().lines().reduce("", (_, line) -> line);
        } catch (IOException e) {
            return "";
        }
    }

    public Path runtimeLog() {
        return file("runtime.log");
    }

    public Path controlFifo() {
        return file("ctl");
    }

    public Path attachSocket() {
        return file("attach");
    }

    public void writeMonitor(ProcessIdentity monitor) throws IOException {
        JSON.write(monitor, monitorFile());
    }

    public Optional<ProcessIdentity> monitor() throws IOException {
        return identity(monitorFile());
    }

    public void writeInit(ProcessIdentity init) throws IOException {
        JSON.write(init, initFile());
    }

    public Optional<ProcessIdentity> init() throws IOException {
        return identity(initFile());
    }

    /** The number in {@link #pidFile}. */
    public Optional<Long> pid() throws IOException {
        return number(pidFile());
    }

    /** Writes it once; the first time and reason stay. It is there whole or not at all, even for a reader at the same time. */
    public void writeLost(String reason) throws IOException {
        Path temporary = Files.createTempFile(bundle.directory(), ".lost", "");
        try {
            Files.writeString(temporary, reason);
            // unlike a move, it does not replace
            Files.createLink(lostFile(), temporary);
        } catch (FileAlreadyExistsException e) {
            // another thread has found the same
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** How the container ended, as far as it is written down; the time is that of the file. */
    public Optional<ExitStatus> exit() throws IOException {
        Optional<Long> code = number(exitFile());
        if (code.isPresent()) {
            return Optional.of(ExitStatus.of(code.get().intValue(), modified(exitFile()), Files.exists(oomFile())));
        }
        try {
            return Optional.of(ExitStatus.unknown(modified(lostFile()), Files.readString(lostFile())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path file(String name) {
        return bundle.directory().resolve(name);
    }

    private static Instant modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    private static Optional<ProcessIdentity> identity(Path file) throws IOException {
        try {
            return Optional.of(JSON.read(file, ProcessIdentity.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(Path file) throws IOException {
        try {
            String text = Files.readString(file).strip();
            // runc and conmon write by renaming; crun opens its pid file first, and it is empty for a moment
            return text.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(text));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (NumberFormatException e) {
            throw new IOException("no number in " + file, e);
        }
    }
}
