package io.carafe.conformance.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

final class ImageBuilderTest {
    private static final Tar TREE =
            new Tar().dir("d", 0755).file("d/f", 0644, "content").symlink("l", "d/f");

    @Test
    void equalCallsGiveEqualDigests() {
        assertThat(image("1002").digest()).isEqualTo(image("1002").digest());
        assertThat(image("1002").digest()).isNotEqualTo(image("1003").digest());
    }

    @Test
    void configurationHoldsTheDiffIdOfTheTarNotOfTheBlob() throws IOException {
        var layer = Layer.gzip(TREE);
        try (var gzip =
                new GZIPInputStream(new ByteArrayInputStream(layer.blob().bytes()))) {
            assertThat(Blob.sha256(gzip.readAllBytes())).isEqualTo(layer.diffId());
        }
        assertThat(new String(image("").config().bytes(), UTF_8)).contains(layer.diffId());
        assertThat(layer.blob().digest()).isNotEqualTo(layer.diffId());
    }

    @Test
    void manifestNamesLayersAndConfigurationByDigest() {
        var image = image("");
        var manifest = new String(image.manifest().bytes(), UTF_8);
        assertThat(image.blobs())
                .hasSize(2)
                .allSatisfy(blob -> assertThat(manifest).contains(blob.digest()));
    }

    @Test
    void tarHasHeadersThatSumUp() {
        byte[] bytes = TREE.bytes();
        assertThat(bytes.length % 512).isZero();
        byte[] header = Arrays.copyOf(bytes, 512);
        int written = Integer.parseInt(new String(header, 148, 6, UTF_8), 8);
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        assertThat(written).isEqualTo(sum);
        assertThat(new String(header, 257, 5, UTF_8)).isEqualTo("ustar");
    }

    @Test
    void zstdFrameBeginsWithItsMagicAndHoldsAllBytes() {
        var layer = Layer.zstd(new Tar().file("big", 0644, "x".repeat(300_000)));
        byte[] frame = layer.blob().bytes();
        assertThat(Arrays.copyOf(frame, 4)).containsExactly(0x28, 0xB5, 0x2F, 0xFD);
        assertThat(frame.length).isGreaterThan(300_000);
    }

    @Test
    void textIsQuotedAsJsonWants() {
        assertThat(Json.object("a\"b", "c\\d\n", "n", 1)).isEqualTo("{\"a\\\"b\":\"c\\\\d\\u000a\",\"n\":1}");
    }

    private static BuiltImage image(String user) {
        return ImageBuilder.of(Layer.gzip(TREE)).user(user).build();
    }
}
