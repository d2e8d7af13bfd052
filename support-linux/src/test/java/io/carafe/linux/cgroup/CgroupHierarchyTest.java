package io.carafe.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.linux.mount.MountTable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupHierarchyTest {
    private static final String V2 =
            "30 23 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";
    private static final String V1 = """
            31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
            35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            36 31 0:36 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids
            40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,xattr,name=systemd
            90 31 0:32 / /var/lib/other/memory rw,relatime - cgroup cgroup rw,memory
            91 31 0:32 / /sys/fs/cgroup/memory-again rw,relatime - cgroup cgroup rw,memory
            """;
    private static final String UNIFIED = "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n";

    @TempDir
    Path directory;

    @Test
    void unifiedTreeAloneIsVersion2() {
        CgroupHierarchy hierarchy = of(V2);

        assertThat(hierarchy.mode()).isEqualTo(CgroupHierarchy.Mode.V2);
        assertThat(hierarchy.cgroup("/kubepods/pod1").directories())
                .containsExactly(Path.of("/sys/fs/cgroup/kubepods/pod1"));
        assertThat(hierarchy.cgroup("pod1").directory("memory")).hasValue(Path.of("/sys/fs/cgroup/pod1"));
    }

    @Test
    void everyTreeOfVersion1CountsOnce() {
        CgroupHierarchy hierarchy = of(V1);

        assertThat(hierarchy.mode()).isEqualTo(CgroupHierarchy.Mode.V1);
        assertThat(hierarchy.controllers()).containsExactly("cpu", "cpuacct", "memory", "name=systemd", "pids");
        assertThat(hierarchy.cgroup("/a").directories())
                .containsExactly(
                        Path.of("/sys/fs/cgroup/cpu,cpuacct/a"),
                        Path.of("/sys/fs/cgroup/memory/a"),
                        Path.of("/sys/fs/cgroup/pids/a"),
                        Path.of("/sys/fs/cgroup/systemd/a"));
        assertThat(hierarchy.cgroup("/a").directory("cpuacct")).hasValue(Path.of("/sys/fs/cgroup/cpu,cpuacct/a"));
        assertThat(hierarchy.cgroup("/a").directory("hugetlb")).isEmpty();
    }

    @Test
    void unifiedTreeBesideVersion1IsHybridAndControlsNothing() {
        CgroupHierarchy hierarchy = of(V1 + UNIFIED);

        assertThat(hierarchy.mode()).isEqualTo(CgroupHierarchy.Mode.HYBRID);
        assertThat(hierarchy.isV2()).isFalse();
        assertThat(hierarchy.cgroup("/a").directory("memory")).hasValue(Path.of("/sys/fs/cgroup/memory/a"));
        assertThat(hierarchy.cgroup("/a").directories()).contains(Path.of("/sys/fs/cgroup/unified/a"));
    }

    @Test
    void hostWithoutCgroupsIsRefused() {
        assertThatThrownBy(() -> of("22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cgroup2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", ".", "/a/../..", "../a", "/a/.."})
    void pathOutsideOrAtTheRootIsRefused(String path) {
        assertThatThrownBy(() -> of(V2).cgroup(path)).isInstanceOf(IllegalArgumentException.class);
    }

    private CgroupHierarchy of(String mountinfo) {
        try {
            return CgroupHierarchy.of(MountTable.read(Files.writeString(directory.resolve("mountinfo"), mountinfo)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
