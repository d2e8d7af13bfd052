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
    private static final int MODE = 0755;

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

    /** Makes it, if it is not there; false if its parent is not there. */
    static boolean make(Path directory) {
        if (Kernel.libc().mkdirat(AT_FDCWD, CString.of(directory), MODE) == 0) {
            return true;
        }
        Errno errno = Kernel.lastError();
        return switch (errno) {
            case EEXIST -> true;
            // ENODEV: the parent is just being removed
            case ENOENT, ENODEV -> false;
            default -> throw new LinuxException("mkdir", errno, directory.toString());
        };
    }

    /** Removes it and all below it, the deepest first. */
    static void remove(Path directory) {
        children(directory).forEach(CgroupDirectory::remove);
        Errno errno = removeOne(directory);
        if (errno == Errno.EBUSY || errno == Errno.ENOTEMPTY) {
            throw new LinuxException("rmdir", errno, directory.toString());
        }
    }

    static void removeIfEmpty(Path directory) {
        removeOne(directory);
    }

    /** What kept it from being removed, ENOENT if nothing did. */
    private static Errno removeOne(Path directory) {
        if (Kernel.libc().unlinkat(AT_FDCWD, CString.of(directory), REMOVE_DIRECTORY) == 0) {
            return Errno.ENOENT;
        }
        Errno errno = Kernel.lastError();
        return switch (errno) {
            case ENOENT, ENOTDIR -> Errno.ENOENT;
            case EBUSY, ENOTEMPTY -> errno;
            default -> throw new LinuxException("rmdir", errno, directory.toString());
        };
    }
}
