package io.carafe.linux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.linux.mount.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Removing and measuring trees. */
class TreeIT {
    private static final int PAGE = 4096;
    private static final int REMOVERS = 4;

    @TempDir
    Path directory;

    @Test
    void removalLeavesWhatLinksPointTo() throws IOException {
        Path kept = Files.createDirectory(directory.resolve("kept"));
        Files.writeString(kept.resolve("file"), "x");
        Path tree = Files.createDirectories(directory.resolve("tree/sub"));
        Files.createSymbolicLink(tree.resolve("link"), kept);

        assertThat(remove(directory.resolve("tree"))).isTrue();

        assertThat(directory.resolve("tree")).doesNotExist();
        assertThat(kept.resolve("file")).exists();
    }

    @Test
    void removalOfNothingSucceeds() {
        assertThat(remove(directory.resolve("absent"))).isFalse();
    }

    @Test
    void removalStopsAtAMount() throws IOException {
        Path mounted = Files.createDirectories(directory.resolve("tree/mounted"));
        Path source = Files.createDirectory(directory.resolve("source"));
        Files.writeString(source.resolve("precious"), "x");
        Mounts.bind(source, mounted);
        try {
            assertThatThrownBy(() -> remove(directory.resolve("tree"))).hasMessageContaining("EBUSY");
            assertThat(source.resolve("precious")).exists();
        } finally {
            Mounts.unmount(mounted);
        }
        assertThat(remove(directory.resolve("tree"))).isTrue();
    }

    @Test
    void removalOfAVeryDeepTreeSucceeds() {
        RootedDirectory at = RootedDirectory.open(directory);
        for (int depth = 0; depth < 3000; depth++) {
            try (FileEntry entry = at.entry("deep")) {
                entry.makeDirectory(0755);
                RootedDirectory next =
                        RootedDirectory.open(entry.directory().path().resolve("deep"));
                at.close();
                at = next;
            }
        }
        at.close();

        assertThat(remove(directory.resolve("deep"))).isTrue();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void removalsOfOneTreeAtTheSameTimeLeaveNothingOfIt() throws Exception {
        try (var threads = Executors.newFixedThreadPool(REMOVERS)) {
            for (int round = 0; round < 20; round++) {
                Path tree = directory.resolve("tree");
                for (int i = 0; i < 50; i++) {
                    Files.writeString(
                            Files.createDirectories(tree.resolve("sub" + i)).resolve("file"), "x");
                }
                CyclicBarrier together = new CyclicBarrier(REMOVERS);
                List<Callable<Boolean>> removals = Collections.nCopies(REMOVERS, () -> {
                    together.await();
                    return remove(tree);
                });
                for (Future<Boolean> removal : threads.invokeAll(removals)) {
                    removal.get();
                }
                assertThat(tree).doesNotExist();
            }
        }
    }

    @Test
    void usageCountsAFileOfTwoNamesOnce() throws Exception {
        Path file = directory.resolve("file");
        Files.write(file, new byte[10 * PAGE]);
        TreeUsage before = TreeUsage.of(directory);

        Files.createLink(directory.resolve("again"), file);
        TreeUsage after = TreeUsage.of(directory);

        assertThat(after).isEqualTo(before);
        assertThat(after.inodes()).isEqualTo(2);
        assertThat(after.bytes()).isGreaterThanOrEqualTo(10 * PAGE);
    }

    @Test
    void usageLeavesOutWhatIsMountedInside() throws Exception {
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        Mounts.tmpfs(mounted, 1 << 20, 0755);
        try {
            Files.write(mounted.resolve("file"), new byte[PAGE]);
            assertThat(TreeUsage.of(directory).inodes()).isEqualTo(1);
        } finally {
            Mounts.unmount(mounted);
        }
    }

    @Test
    void fileSystemUsageAddsUp() throws IOException {
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        Mounts.tmpfs(mounted, 1 << 20, 0755);
        try {
            Files.write(mounted.resolve("file"), new byte[PAGE]);
            FileSystemUsage usage = FileSystemUsage.of(mounted);
            assertThat(usage.bytes()).isEqualTo(1 << 20);
            assertThat(usage.bytesUsed()).isEqualTo(PAGE);
            assertThat(usage.bytesAvailable()).isEqualTo((1 << 20) - PAGE);
            assertThat(usage.inodesUsed()).isEqualTo(2);
            Durability.syncDirectory(mounted);
            Durability.syncFileSystem(mounted);
        } finally {
            Mounts.unmount(mounted);
        }
    }

    private static boolean remove(Path path) {
        try (FileEntry entry = FileEntry.of(path)) {
            return entry.remove();
        }
    }
}
