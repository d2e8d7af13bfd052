package io.carafe.linux.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MountTableTest {
    private static final String MOUNTINFO = """
            22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro
            23 22 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:12 master:3 - proc proc rw
            40 22 0:4 net:[4026532621] /run/carafe/ns/a\\040b/net rw shared:5 - nsfs nsfs rw
            41 22 0:50 / /run/carafe/sp\\134ace/größe rw - tmpfs tmpfs rw,size=64k
            42 41 0:51 / /run/carafe/sp\\134ace/größe ro - tmpfs second rw
            43 22 0:52 /sub /run/carafe2 rw - tmpfs none rw
            """;

    private final MountTable table = MountTable.parse(MOUNTINFO);

    @Test
    void lineIsTakenApart() {
        MountPoint proc = table.at(Path.of("/proc")).orElseThrow();

        assertThat(proc.id()).isEqualTo(23);
        assertThat(proc.parent()).isEqualTo(22);
        assertThat(proc.device()).isEqualTo("0:21");
        assertThat(proc.options()).contains("nosuid", "relatime");
        assertThat(proc.propagation()).containsExactly("shared:12", "master:3");
        assertThat(proc.isShared()).isTrue();
        assertThat(proc.type()).isEqualTo("proc");
        assertThat(table.at(Path.of("/")).orElseThrow().superOptions()).contains("errors=remount-ro");
    }

    @Test
    void octalEscapesAreUndone() {
        assertThat(table.at(Path.of("/run/carafe/ns/a b/net")).orElseThrow().root())
                .isEqualTo("net:[4026532621]");
    }

    @Test
    void topmostOfStackedMountsIsAnswered() {
        MountPoint top = table.at(Path.of("/run/carafe/sp\\ace/größe")).orElseThrow();

        assertThat(top.source()).isEqualTo("second");
        assertThat(top.isShared()).isFalse();
    }

    @Test
    void mountsUnderADirectoryLeaveOutItsNamesake() {
        assertThat(table.under(Path.of("/run/carafe")))
                .extracting(MountPoint::id)
                .containsExactly(40, 41, 42);
    }

    @Test
    void fileIsHeldByTheNearestMountAbove() {
        assertThat(table.holding(Path.of("/run/carafe2/x")).orElseThrow().id()).isEqualTo(43);
        assertThat(table.holding(Path.of("/run/other")).orElseThrow().id()).isEqualTo(22);
        assertThat(table.holding(Path.of("/run/carafe/sp\\ace/größe/f"))
                        .orElseThrow()
                        .id())
                .isEqualTo(42);
    }

    @Test
    void foreignLineIsRefused() {
        assertThatThrownBy(() -> MountTable.parse("/dev/sda1 / ext4 rw 0 0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/dev/sda1");
    }
}
