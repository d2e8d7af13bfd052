package io.carafe.oci.ttrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProtoTest {
    @Test
    void whatIsWrittenIsRead() throws IOException {
        byte[] message = new ProtoMessage()
                .text(1, "pod")
                .number(2, -1)
                .flag(3, true)
                .bytes(4, new byte[] {7})
                .message(5, new ProtoMessage().number(1, 42))
                .message(6, new ProtoMessage())
                .text(7, "a")
                .text(7, "b")
                .toBytes();

        ProtoFields fields = ProtoFields.parse(message);

        assertThat(fields.text(1)).isEqualTo("pod");
        assertThat(fields.number(2)).isEqualTo(-1);
        assertThat(fields.flag(3)).isTrue();
        assertThat(fields.bytes(4)).containsExactly(7);
        assertThat(fields.message(5).orElseThrow().number(1)).isEqualTo(42);
        assertThat(fields.message(6)).isPresent();
        assertThat(fields.texts(7)).containsExactly("a", "b");
    }

    @Test
    void defaultsAreLeftOutAndReadAsSuch() throws IOException {
        assertThat(new ProtoMessage()
                        .text(1, "")
                        .number(2, 0)
                        .flag(3, false)
                        .bytes(4, new byte[0])
                        .toBytes())
                .isEmpty();

        ProtoFields fields = ProtoFields.parse(new byte[0]);
        assertThat(fields.text(1)).isEmpty();
        assertThat(fields.number(2)).isZero();
        assertThat(fields.flag(3)).isFalse();
        assertThat(fields.message(4)).isEmpty();
        assertThat(fields.messageOrEmpty(4).number(1)).isZero();
    }

    @Test
    void fixedNumbersAreReadToo() throws IOException {
        // field 1 fixed64 = 2, field 2 fixed32 = 3
        byte[] message = {9, 2, 0, 0, 0, 0, 0, 0, 0, 21, 3, 0, 0, 0};

        assertThat(ProtoFields.parse(message).number(1)).isEqualTo(2);
        assertThat(ProtoFields.parse(message).number(2)).isEqualTo(3);
    }

    @Test
    void whatIsNoMessageIsRefused() {
        for (String text : new String[] {"not a message", "\u000b", "\n\u007f"}) {
            assertThatThrownBy(() -> ProtoFields.parse(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .isInstanceOf(IOException.class);
        }
    }
}
