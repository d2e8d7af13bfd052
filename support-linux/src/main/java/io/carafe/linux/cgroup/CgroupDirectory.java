package io.carafe.linux.cgroup;

import io.carafe.linux.file.ControlFile;
import io.carafe.linux.libc.CString;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One cgroup in one tree; none of these fails because the cgroup is gone. */
final class CgroupDirectory {
    private static final int AT_FDCWD = -100;
    private static final int REMOVE_DIRECTORY = 0x200;

    private CgroupDirectory() {}

    static List<Path> children(Path directory) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isDirectory)) {
            entries.forEach(children::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            if (!Files.exists(directory)) {
                return List.of();
            }
            throw new UncheckedIOException("list cgroup " + directory, new IOException(e));
        }
        return children;
    }

    /** The processes in it and below. */
    static Set<Long> processes(Path directory) {
        Set<Long> pids = new TreeSet<>();
        ControlFile.read(directory.resolve("cgroup.procs"))
                .ifPresent(text -> text.lines().map(Long::valueOf).forEach(pids::add));
        children(directory).forEach(child -> pids.addAll(processes(child)));
        return pids;
    }

    /** Removes it and all below it, the deepest first. */
    static void remove(Path directory) {
        children(directory).forEach(CgroupDirectory::remove);
        if (Kernel.libc().unlinkat(AT_FDCWD, CString.of(directory), REMOVE_DIRECTORY) != 0) {
            Errno errno = Kernel.lastError();
            if (errno != Errno.ENOENT && errno != Errno.ENOTDIR) {
                throw new LinuxException("rmdir", errno, directory.toString());
            }
        }
    }
}
