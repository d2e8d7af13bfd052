package io.carafe.linux.file;

import io.carafe.linux.libc.CString;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.libc.OpenFlags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One name in one opened directory, whether or not there is a file of that name.
 *
 * <p>Nothing here follows a symbolic link at the name itself, and the directory stays the one that was opened even if it is
 * renamed, so that no later change of the tree can lead a call elsewhere. Modes of new files are lessened by the umask; set
 * them again after the owner, which clears setuid. Every failing call throws {@link LinuxException}.
 *
 * <p>Concurrency: safe until closed.
 */
public final class FileEntry implements AutoCloseable {
    private static final int NO_FOLLOW = 0x100;
    private static final int MAX_ATTRIBUTE = 65536;

    private final Fd directory;
    private final byte[] name;

    FileEntry(Fd directory, String name) {
        this.directory = directory;
        this.name = CString.of(name);
    }

    /** The entry of an absolute path of the host; links in its parents are followed. */
    public static FileEntry of(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new LinuxException("open", Errno.EINVAL, path + " has no parent");
        }
        return new FileEntry(
                Fd.open(parent, OpenFlags.PATH | OpenFlags.DIRECTORY),
                path.getName(path.getNameCount() - 1).toString());
    }

    public Optional<FileStatus> status() {
        return FileStatus.of(directory.number(), name, 0);
    }

    public void makeDirectory(int mode) {
        Kernel.check(Kernel.libc().mkdirat(directory.number(), name, mode), "mkdirat", this);
    }

    /** A new regular file, open for writing; fails with EEXIST if there is anything of that name. */
    public FileChannel createFile(int mode) {
        int flags = OpenFlags.WRITE_ONLY
                | OpenFlags.CREATE
                | OpenFlags.EXCLUSIVE
                | OpenFlags.NO_FOLLOW
                | OpenFlags.CLOSE_ON_EXEC;
        try (Fd fd =
                Fd.owning(Kernel.check(Kernel.libc().openat(directory.number(), name, flags, mode), "openat", this))) {
            return FileChannel.open(fd.path(), StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("open new file " + this, e);
        }
    }

    public void makeSymbolicLink(String target) {
        Kernel.check(Kernel.libc().symlinkat(CString.of(target), directory.number(), name), "symlinkat", this, target);
    }

    /** Another name for {@code existing}; of a symbolic link, for the link itself. */
    public void makeHardLink(FileEntry existing) {
        Kernel.check(
                Kernel.libc().linkat(existing.directory.number(), existing.name, directory.number(), name, 0),
                "linkat",
                existing,
                this);
    }

    /** A device, FIFO or socket; {@code device} matters only to the two kinds of device. */
    public void makeNode(FileType type, int mode, DeviceNumber device) {
        Kernel.check(
                Kernel.libc().mknodat(directory.number(), name, type.bits() | mode, device.packed()),
                "mknodat",
                this,
                type,
                device);
    }

    /** Gives this file the name {@code target}, replacing what was there if the kernel allows it. */
    public void renameTo(FileEntry target) {
        Kernel.check(
                Kernel.libc().renameat(directory.number(), name, target.directory.number(), target.name),
                "renameat",
                this,
                target);
    }

    public String linkTarget() {
        byte[] buffer = new byte[4096];
        int length = (int) Kernel.check(
                Kernel.libc().readlinkat(directory.number(), name, buffer, buffer.length), "readlinkat", this);
        return CString.text(Arrays.copyOf(buffer, length));
    }

    public void setOwner(int user, int group) {
        Kernel.check(
                Kernel.libc().fchownat(directory.number(), name, user, group, NO_FOLLOW),
                "fchownat",
                this,
                user,
                group);
    }

    /** Sets permission bits, setuid, setgid and sticky; EOPNOTSUPP on a symbolic link, which has none. */
    public void setMode(int mode) {
        Kernel.check(
                Kernel.libc().fchmodat(directory.number(), name, mode, NO_FOLLOW),
                "fchmodat",
                this,
                "0" + Integer.toOctalString(mode));
    }

    /** Sets the times of the last change and of the last access. */
    public void setModified(Instant time) {
        long seconds = time.getEpochSecond();
        long nanos = time.getNano();
        Kernel.check(
                Kernel.libc()
                        .utimensat(directory.number(), name, new long[] {seconds, nanos, seconds, nanos}, NO_FOLLOW),
                "utimensat",
                this,
                time);
    }

    /** Sets an extended attribute, such as {@code trusted.overlay.opaque}, replacing its value. */
    public void setAttribute(String attribute, byte[] value) {
        Kernel.check(
                Kernel.libc().lsetxattr(procPath(), CString.of(attribute), value, value.length, 0),
                "lsetxattr",
                this,
                attribute);
    }

    /** The value of an extended attribute; empty if it is not set or the file system has none. */
    public Optional<byte[]> attribute(String attribute) {
        byte[] buffer = new byte[MAX_ATTRIBUTE];
        long length = Kernel.libc().lgetxattr(procPath(), CString.of(attribute), buffer, buffer.length);
        if (length >= 0) {
            return Optional.of(Arrays.copyOf(buffer, (int) length));
        }
        Errno errno = Kernel.lastError();
        if (errno == Errno.ENODATA || errno == Errno.EOPNOTSUPP) {
            return Optional.empty();
        }
        throw new LinuxException("lgetxattr", errno, this + ", " + attribute);
    }

    /** The names of the extended attributes. */
    public List<String> attributes() {
        byte[] buffer = new byte[MAX_ATTRIBUTE];
        int length =
                (int) Kernel.check(Kernel.libc().llistxattr(procPath(), buffer, buffer.length), "llistxattr", this);
        return Stream.of(new String(buffer, 0, length, StandardCharsets.UTF_8).split("\0"))
                .filter(attribute -> !attribute.isEmpty())
                .toList();
    }

    /**
     * Removes the file, or the directory with all that is in it.
     *
     * <p>Idempotent: answers false if there was nothing. Links are removed, not followed; EBUSY if something is mounted in it.
     */
    public boolean remove() {
        return TreeRemoval.remove(directory, name);
    }

    /** The directory that holds the name; whoever closes the entry closes it. */
    Fd directory() {
        return directory;
    }

    byte[] name() {
        return name;
    }

    @Override
    public void close() {
        directory.close();
    }

    // The calls on extended attributes know no directory argument; through /proc the directory is still the opened one.
    private byte[] procPath() {
        byte[] prefix = (directory.path() + "/").getBytes(StandardCharsets.US_ASCII);
        byte[] path = Arrays.copyOf(prefix, prefix.length + name.length);
        System.arraycopy(name, 0, path, prefix.length, name.length);
        return path;
    }

    @Override
    public String toString() {
        return CString.text(name);
    }
}
