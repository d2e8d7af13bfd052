package io.carafe.linux.process;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.linux.file.ControlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The processes in a proc file system.
 *
 * <p>Units: pids are those of the pid namespace that {@code proc} was mounted in. Concurrency: safe; a process may end between two calls.
 */
public record ProcessTable(Path proc) {
    /** The processes that this one sees. */
    public static final ProcessTable HOST = new ProcessTable(Path.of("/proc"));

    /** What the kernel tells of a pid; empty if there is none. Zombies have one. */
    public Optional<ProcessStat> stat(long pid) {
        return ControlFile.read(directory(pid).resolve("stat")).map(ProcessStat::parse);
    }

    /** Who has this pid now; empty if nobody or a zombie. */
    public Optional<ProcessIdentity> identify(long pid) {
        return stat(pid).filter(ProcessStat::isAlive).map(stat -> new ProcessIdentity(pid, stat.startTime()));
    }

    /** True if exactly this process still runs; a zombie does not. */
    public boolean isAlive(ProcessIdentity process) {
        return identify(process.pid()).filter(process::equals).isPresent();
    }

    /** The arguments of a process, its program first; empty if it is gone, a zombie or a kernel thread. */
    public List<String> arguments(long pid) {
        return ControlFile.read(directory(pid).resolve("cmdline"))
                .filter(line -> !line.isEmpty())
                .map(line -> Arrays.asList(line.split("\0", -1)))
                .orElse(List.of());
    }

    /** The processes that have {@code argument}, whole and exact, among their arguments. */
    public List<ProcessIdentity> withArgument(String argument) {
        List<ProcessIdentity> found = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path directory : directories) {
                long pid = Long.parseLong(directory.getFileName().toString());
                if (arguments(pid).contains(argument)) {
                    identify(pid).ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("list processes in " + proc, e);
        }
        return found;
    }

    private Path directory(long pid) {
        return proc.resolve(Long.toString(pid));
    }
}
