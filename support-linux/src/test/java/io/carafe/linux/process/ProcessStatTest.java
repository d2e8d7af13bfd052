package io.carafe.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessStatTest {
    private static final String LINE =
            "4711 (a) b (c) %s 1 4700 4600 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 9 10";

    @Test
    void nameMayHoldSpacesAndParentheses() {
        assertThat(ProcessStat.parse(LINE.formatted("S")))
                .isEqualTo(new ProcessStat(4711, "a) b (c", 'S', 1, 4700, 4600, 987654));
    }

    @Test
    void zombiesAreDead() {
        assertThat(ProcessStat.parse(LINE.formatted("S")).isAlive()).isTrue();
        assertThat(ProcessStat.parse(LINE.formatted("Z")).isAlive()).isFalse();
        assertThat(ProcessStat.parse(LINE.formatted("X")).isAlive()).isFalse();
    }

    @Test
    void foreignLineIsRefused() {
        assertThatThrownBy(() -> ProcessStat.parse("cpu  1 2 3")).hasMessageContaining("cpu  1 2 3");
    }
}
