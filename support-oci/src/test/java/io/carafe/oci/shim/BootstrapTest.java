package io.carafe.oci.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.oci.ttrpc.ProtoMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void addressAloneMeansVersionTwo() throws IOException {
        Bootstrap expected = new Bootstrap(Path.of("/run/containerd/s/ab"), 2);

        assertThat(Bootstrap.parse(text("unix:///run/containerd/s/ab"))).isEqualTo(expected);
        assertThat(Bootstrap.parse(text("/run/containerd/s/ab\n"))).isEqualTo(expected);
    }

    @Test
    void jsonNamesVersionAndProtocol() throws IOException {
        assertThat(Bootstrap.parse(text("{\"version\":3,\"address\":\"unix:///s\",\"protocol\":\"ttrpc\"}")))
                .isEqualTo(new Bootstrap(Path.of("/s"), 3));
    }

    @Test
    void protobufNamesThemToo() throws IOException {
        byte[] result = new ProtoMessage()
                .number(1, 3)
                .text(2, "unix:///s")
                .text(3, "ttrpc")
                .toBytes();

        assertThat(Bootstrap.parse(result)).isEqualTo(new Bootstrap(Path.of("/s"), 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "panic: it broke",
                "{\"version\":3,\"address\":\"unix:///s\",\"protocol\":\"grpc\"}",
                "{\"version\":9,\"address\":\"unix:///s\",\"protocol\":\"ttrpc\"}",
                "{\"version\":2,\"address\":\"vsock://3:1024\",\"protocol\":\"ttrpc\"}",
                "{\"version\":2"
            })
    void anythingElseIsRefused(String answer) {
        assertThatThrownBy(() -> Bootstrap.parse(text(answer))).isInstanceOf(IOException.class);
    }
}
