package io.carafe.storage.unpack;

import io.carafe.linux.file.DeviceNumber;
import io.carafe.linux.file.FileEntry;
import io.carafe.linux.file.FileStatus;
import io.carafe.linux.file.FileType;
import io.carafe.linux.file.RootedDirectory;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.LinuxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Writes entries into a directory as overlayfs wants a layer: a whiteout is a character device 0:0, a directory that hides what
 * is below it has an attribute. Every path is resolved by the kernel inside the directory, so links that entries have made lead
 * nowhere else.
 */
final class LayerWriter implements AutoCloseable {
    private static final int BUFFER = 64 << 10;
    private static final String OVERLAY_ATTRIBUTES = "trusted.overlay.";
    private static final String CAPABILITIES = "security.capability";

    private final RootedDirectory root;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    /** Set at the end, because what is written into a directory changes its time. */
    private final Map<String, Instant> directoryTimes = new LinkedHashMap<>();

    private final SortedSet<String> implicit = new TreeSet<>();
    private boolean opaqueRoot;

    LayerWriter(RootedDirectory root) {
        this.root = root;
        implicit.add("");
    }

    void write(TarEntry entry, TarReader content) throws IOException {
        EntryPath path = EntryPath.of(entry.name());
        if (path.isRoot()) {
            writeRoot(entry);
        } else if (path.isOpaqueMark()) {
            makeOpaque(path.parent());
        } else if (path.isWhiteout()) {
            hide(path.hidden());
        } else if (!path.isForeignMark()) {
            makeParents(path);
            try (FileEntry file = root.entry(path.text())) {
                place(entry, path, file, content);
            }
        }
    }

    /** Call once after the last entry. */
    void finish() {
        directoryTimes.forEach((path, time) -> {
            try (FileEntry directory = root.entry(path)) {
                if (isDirectory(directory)) {
                    directory.setModified(time);
                }
            } catch (LinuxException e) {
                // a later entry has replaced it or one above it
                if (!e.isMissing()) {
                    throw e;
                }
            }
        });
    }

    /** Directories that no entry describes but others lie in; the root, as "", if it is one of them. */
    SortedSet<String> implicitDirectories() {
        return implicit;
    }

    /** Whether the layer hides all of those below it; overlayfs knows no such mark on a layer's root. */
    boolean hasOpaqueRoot() {
        return opaqueRoot;
    }

    private void writeRoot(TarEntry entry) throws BadArchive {
        if (entry.kind() != TarEntry.Kind.DIRECTORY) {
            throw new BadArchive("the root is no directory but of kind " + entry.kind());
        }
        implicit.remove("");
        try (FileEntry directory = root.entry("")) {
            describe(entry, directory);
        }
        directoryTimes.put("", entry.modified());
    }

    private void place(TarEntry entry, EntryPath path, FileEntry file, TarReader content) throws IOException {
        switch (entry.kind()) {
            case FILE -> {
                writeFile(entry, file, content);
                describe(entry, file);
                file.setModified(entry.modified());
            }
            case DIRECTORY -> {
                makeDirectory(file);
                describe(entry, file);
                implicit.remove(path.text());
                directoryTimes.put(path.text(), entry.modified());
            }
            case SYMBOLIC_LINK -> {
                replacing(file, () -> file.makeSymbolicLink(entry.link()));
                describe(entry, file);
                file.setModified(entry.modified());
            }
            case HARD_LINK -> link(entry, file);
            case CHARACTER_DEVICE -> makeNode(entry, file, FileType.CHARACTER_DEVICE);
            case BLOCK_DEVICE -> makeNode(entry, file, FileType.BLOCK_DEVICE);
            case FIFO -> makeNode(entry, file, FileType.FIFO);
        }
    }

    private void writeFile(TarEntry entry, FileEntry file, TarReader content) throws IOException {
        try (FileChannel channel = create(file)) {
            long end = 0;
            for (TarEntry.Segment segment : entry.segments()) {
                channel.position(segment.offset());
                copy(content, channel, segment.length());
                end = segment.length() == 0 ? end : segment.offset() + segment.length();
            }
            if (end < entry.size()) {
                // a hole up to the end
                channel.write(ByteBuffer.wrap(new byte[1]), entry.size() - 1);
            }
        }
    }

    private static FileChannel create(FileEntry file) {
        try {
            return file.createFile(0600);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            file.remove();
            return file.createFile(0600);
        }
    }

    private void copy(TarReader content, FileChannel channel, long length) throws IOException {
        long left = length;
        while (left > 0) {
            int count = content.read(buffer.array(), 0, (int) Math.min(left, buffer.capacity()));
            if (count < 0) {
                throw new BadArchive("the content of a file is shorter than its map");
            }
            buffer.clear().limit(count);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            left -= count;
        }
    }

    private void makeDirectory(FileEntry file) {
        try {
            file.makeDirectory(0755);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            if (isDirectory(file)) {
                return;
            }
            // it took the place of what lower layers have, as a whiteout or as a file, and so does the directory
            file.remove();
            file.makeDirectory(0755);
            setOpaque(file);
        }
    }

    private void link(TarEntry entry, FileEntry file) throws IOException {
        EntryPath target = EntryPath.of(entry.link());
        try (FileEntry existing = root.entry(target.text())) {
            Optional<FileStatus> status = existing.status();
            if (status.isEmpty() || status.get().type() == FileType.DIRECTORY) {
                throw new BadArchive("hard link " + entry.name() + " to " + entry.link() + ", which is "
                        + (status.isEmpty() ? "not in the layer" : "a directory"));
            }
            if (file.status().map(FileStatus::id).equals(status.map(FileStatus::id))) {
                return;
            }
            replacing(file, () -> file.makeHardLink(existing));
        }
    }

    private void makeNode(TarEntry entry, FileEntry file, FileType type) {
        replacing(file, () -> file.makeNode(type, 0600, entry.device()));
        describe(entry, file);
        file.setModified(entry.modified());
    }

    /** A whiteout hides nothing of its own layer: what is there stays, and a directory hides what it covers. */
    private void hide(EntryPath path) throws BadArchive {
        makeParents(path);
        try (FileEntry file = root.entry(path.text())) {
            Optional<FileStatus> there = file.status();
            if (there.isEmpty()) {
                file.makeNode(FileType.CHARACTER_DEVICE, 0, DeviceNumber.NONE);
            } else if (there.get().type() == FileType.DIRECTORY) {
                setOpaque(file);
            }
        }
    }

    private void makeOpaque(EntryPath path) throws BadArchive {
        if (path.isRoot()) {
            opaqueRoot = true;
            return;
        }
        makeParents(path);
        try (FileEntry directory = root.entry(path.text())) {
            if (directory.status().isEmpty()) {
                makeDirectory(directory);
                implicit.add(path.text());
            }
            if (!isDirectory(directory)) {
                throw new BadArchive("the directory " + path.text() + ", said to hide others, is a file");
            }
            setOpaque(directory);
        }
    }

    private void makeParents(EntryPath path) {
        EntryPath parent = path.parent();
        if (parent.isRoot() || root.isDirectory(parent.text())) {
            return;
        }
        makeParents(parent);
        try (FileEntry directory = root.entry(parent.text())) {
            boolean hidden = directory
                    .status()
                    .filter(status -> status.type() == FileType.CHARACTER_DEVICE
                            && status.device().equals(DeviceNumber.NONE))
                    .isPresent();
            if (hidden) {
                makeDirectory(directory);
            }
        }
        root.makeDirectories(parent.text());
        implicit.add(parent.text());
    }

    /** Owner before mode and attributes: a new owner clears setuid bits and capabilities. */
    private static void describe(TarEntry entry, FileEntry file) {
        file.setOwner((int) entry.user(), (int) entry.group());
        if (entry.kind() != TarEntry.Kind.SYMBOLIC_LINK) {
            file.setMode(entry.mode());
        }
        entry.attributes().forEach((name, value) -> {
            // overlayfs would take those for its own, and hides them anyway
            if (!name.startsWith(OVERLAY_ATTRIBUTES)) {
                setAttribute(file, name, value);
            }
        });
    }

    private static void setAttribute(FileEntry file, String name, byte[] value) {
        try {
            file.setAttribute(name, value);
        } catch (LinuxException e) {
            // a file system without such attributes can still hold the image; one without capabilities would break it
            if (e.errno() != Errno.EOPNOTSUPP || name.equals(CAPABILITIES)) {
                throw e;
            }
        }
    }

    private static void setOpaque(FileEntry directory) {
        directory.setAttribute(OVERLAY_ATTRIBUTES + "opaque", new byte[] {'y'});
    }

    private static void replacing(FileEntry file, Runnable make) {
        try {
            make.run();
        } catch (LinuxException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            file.remove();
            make.run();
        }
    }

    private static boolean isDirectory(FileEntry file) {
        return file.status()
                .filter(status -> status.type() == FileType.DIRECTORY)
                .isPresent();
    }

    @Override
    public void close() {
        root.close();
    }
}
