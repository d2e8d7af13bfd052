package io.carafe.oci.conmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SyncMessageTest {
    @Test
    void everyApiVersionsKeyIsUnderstood() throws IOException {
        assertThat(SyncMessage.parse("{\"pid\": 4711}")).isEqualTo(new SyncMessage(4711, ""));
        assertThat(SyncMessage.parse("{\"exit_code\": 5}")).isEqualTo(new SyncMessage(5, ""));
        assertThat(SyncMessage.parse("{\"data\": 0}").isFailure()).isFalse();
    }

    @Test
    void failureHasTheRuntimesWords() throws IOException {
        SyncMessage message = SyncMessage.parse("{\"pid\": -1, \"message\": \"exec: \\\"/nope\\\": no\\n\"}");

        assertThat(message.isFailure()).isTrue();
        assertThat(message.message()).isEqualTo("exec: \"/nope\": no");
    }

    @Test
    void linesAreReadOneAtATime() throws IOException {
        InputStream pipe = pipe("{\"data\": 1}\n{\"data\": 2}\n{\"da");

        assertThat(SyncMessage.read(pipe)).hasValue(new SyncMessage(1, ""));
        assertThat(SyncMessage.read(pipe)).hasValue(new SyncMessage(2, ""));
        assertThat(SyncMessage.read(pipe)).isEmpty();
    }

    @Test
    void otherTextIsRefused() {
        assertThatThrownBy(() -> SyncMessage.parse("{\"x\": 1}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("{\"x\": 1}");
    }

    private static InputStream pipe(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
