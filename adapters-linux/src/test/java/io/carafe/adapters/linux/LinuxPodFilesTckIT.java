package io.carafe.adapters.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.linux.mount.MountTable;
import io.carafe.linux.mount.Mounts;
import io.carafe.ports.host.PodFiles;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.PodFilesTck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinuxPodFilesTckIT extends PodFilesTck {
    @Override
    protected PodFiles create(BackendContext context) {
        return new LinuxHostProvider().create(context, CgroupDriver.CGROUPFS).files();
    }

    @Test
    void sharedMemoryIsOneMountHoweverOftenWritten() {
        Path shm = write().shm();
        write();

        assertThat(MountTable.read().under(shm)).singleElement().satisfies(mount -> {
            assertThat(mount.type()).isEqualTo("tmpfs");
            assertThat(mount.options()).contains("nosuid", "nodev", "noexec");
            assertThat(mount.superOptions()).contains("size=65536k");
        });
        files.remove(pod);
        assertThat(MountTable.read().under(shm)).isEmpty();
    }

    @Test
    void sharedMemoryInUseIsRemovedAllTheSame() throws IOException {
        Path shm = write().shm();
        try (var open = Files.newOutputStream(shm.resolve("in-use"))) {
            open.write(1);
            files.remove(pod);
            assertThat(shm).doesNotExist();
        }
    }

    @Test
    void rewriteIsSeenThroughAMountOfTheFile() throws IOException {
        Path hosts = write().hosts();
        Path seen = Files.createTempFile("hosts", "");
        Mounts.bind(hosts, seen);
        try {
            write();
            assertThat(Files.isSameFile(hosts, seen)).isTrue();
        } finally {
            Mounts.unmount(seen);
            Files.delete(seen);
        }
    }

    @Test
    void removeStopsAtAMountThatIsNotOurs() throws IOException {
        Path foreign = Files.createDirectory(write().hosts().resolveSibling("foreign"));
        Mounts.tmpfs(foreign, 1 << 16, 0755);
        try {
            assertThatThrownBy(() -> files.remove(pod))
                    .isInstanceOf(Fault.WrongState.class)
                    .hasMessageContaining(pod.value());
        } finally {
            Mounts.unmount(foreign);
        }
    }

    private PodFiles.Paths write() {
        return files.write(pod, "pod-1", false, Optional.empty());
    }
}
