package io.carafe.adapters.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.linux.mount.Mounts;
import io.carafe.linux.mount.Propagation;
import io.carafe.ports.host.HostFacts;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.HostFactsTck;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LinuxHostFactsTckIT extends HostFactsTck {
    @Override
    protected HostFacts create(BackendContext context, CgroupDriver driver) {
        return new LinuxHostProvider().create(context, driver).facts();
    }

    @Test
    void propagationIsThatOfTheMountThatHoldsThePath() throws Exception {
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        Mounts.tmpfs(mounted, 1 << 16, 0755);
        try {
            Path file = Files.createFile(mounted.resolve("file"));
            Mounts.setPropagation(mounted, Propagation.PRIVATE);
            assertThat(facts.path(file).propagation()).isEqualTo(HostFacts.Propagation.PRIVATE);
            Mounts.setPropagation(mounted, Propagation.SHARED);
            assertThat(facts.path(file).propagation()).isEqualTo(HostFacts.Propagation.SHARED);
        } finally {
            Mounts.unmount(mounted);
        }
    }

    @Test
    void linkToADeviceStandsForItUnderItsOwnName() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("nothing"), Path.of("/dev/null"));

        assertThat(facts.devices(link)).singleElement().satisfies(device -> {
            assertThat(device.path()).isEqualTo(link.toString());
            assertThat(device.minor()).isEqualTo(3);
        });
    }
}
