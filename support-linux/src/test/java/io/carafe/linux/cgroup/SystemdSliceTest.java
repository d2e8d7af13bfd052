package io.carafe.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemdSliceTest {
    @ParameterizedTest
    @CsvSource({
        "a.slice, /a.slice",
        "a-b.slice, /a.slice/a-b.slice",
        "kubepods-besteffort-pod1_2.slice, /kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod1_2.slice",
        "-.slice, /"
    })
    void nameIsExpandedToItsPath(String name, String path) {
        assertThat(new SystemdSlice(name).cgroupPath()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".slice", "a", "/a.slice", "a/b.slice", "-a.slice", "a-.slice", "a--b.slice", "a.scope"})
    void nameThatSystemdRefusesIsRefused(String name) {
        assertThat(SystemdSlice.isName(name)).isFalse();
        assertThatThrownBy(() -> new SystemdSlice(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void scopeLiesInItsSlice() {
        assertThat(new SystemdSlice("a-b.slice").scopePath("carafe", "1f"))
                .isEqualTo("/a.slice/a-b.slice/carafe-1f.scope");
        assertThat(new SystemdSlice("-.slice").scopePath("", "1f")).isEqualTo("/1f.scope");
    }
}
