package io.carafe.linux.libc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CStringTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "61",
                "c3a4",
                "f09f9880",
                "efbfbd",
                "e4",
                "61e462",
                "ff80",
                "eda080",
                "c3",
                "f09f98",
                "efbfbde4"
            })
    void everyNameSurvives(String hex) {
        byte[] name = HexFormat.of().parseHex(hex);

        assertThat(CString.of(CString.text(name))).isEqualTo(Arrays.copyOf(name, name.length + 1));
    }

    @Test
    void textThatIsUtf8IsThatText() {
        assertThat(CString.text(CString.of("a\u00e4\ud83d\ude00"))).isEqualTo("a\u00e4\ud83d\ude00");
    }

    @Test
    void namesOfOtherBytesStayDifferent() {
        assertThat(CString.text(new byte[] {(byte) 0xe4})).isNotEqualTo(CString.text(new byte[] {(byte) 0xf6}));
    }

    @Test
    void textEndsAtTheFirstNul() {
        assertThat(CString.text(new byte[] {'a', 0, 'b'})).isEqualTo("a");
        assertThatThrownBy(() -> CString.of("a\0b")).isInstanceOf(LinuxException.class);
    }
}
