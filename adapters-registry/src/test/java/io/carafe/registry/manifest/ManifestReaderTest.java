package io.carafe.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import io.carafe.domain.image.Manifest;
import io.carafe.domain.image.Platform;
import io.carafe.domain.resource.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {
    private static final Digest SELF = Digest.sha256("0".repeat(64));
    private static final Digest A = Digest.sha256("a".repeat(64));
    private static final String DESCRIPTOR = "{\"mediaType\":\"t\",\"digest\":\"" + A + "\",\"size\":7}";
    private static final Descriptor READ = new Descriptor("t", A, new Bytes(7));

    private static Document read(String json, String contentType) throws UnreadableManifestException {
        return new ManifestReader().read(json.getBytes(StandardCharsets.UTF_8), SELF, contentType);
    }

    @ParameterizedTest
    @CsvSource({MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST})
    void manifestsOfBothFormatsAreRead(String mediaType) throws Exception {
        String body = "\"config\":" + DESCRIPTOR + ",\"layers\":[" + DESCRIPTOR + "," + DESCRIPTOR + "]}";
        Document expected = new Document.ImageManifest(new Manifest(SELF, READ, List.of(READ, READ)));
        assertThat(read("{\"schemaVersion\":2,\"mediaType\":\"" + mediaType + "\"," + body, ""))
                .isEqualTo(expected);
        assertThat(read("{\"schemaVersion\":2," + body, mediaType + "; charset=utf-8"))
                .isEqualTo(expected);
        assertThat(read("{\"schemaVersion\":2," + body, "text/plain")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({MediaTypes.OCI_INDEX, MediaTypes.DOCKER_LIST})
    void indexesOfBothFormatsAreRead(String mediaType) throws Exception {
        String entry = "{\"mediaType\":\"t\",\"digest\":\"" + A
                + "\",\"size\":7,\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\"}}";
        String body = "\"manifests\":[" + entry + "," + DESCRIPTOR + "]}";
        assertThat(read("{\"schemaVersion\":2,\"mediaType\":\"" + mediaType + "\"," + body, "x"))
                .isEqualTo(new Document.Index(List.of(
                        new Document.Entry(READ, Optional.of(new Platform("linux", "arm64", "v8"))),
                        new Document.Entry(READ, Optional.empty()))));
    }

    @Test
    void schema1IsUnsupportedRatherThanBroken() {
        assertThatThrownBy(() -> read("{\"schemaVersion\":1,\"fsLayers\":[]}", ""))
                .isInstanceOfSatisfying(
                        UnreadableManifestException.class,
                        e -> assertThat(e.isUnsupported()).isTrue())
                .hasMessageContaining("schema 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rubbish | it is not JSON",
                "[] | it is not a JSON object",
                "{\"a\":1,\"a\":2} | it is not JSON",
                "{} | neither manifests nor layers",
                "{\"manifests\":[],\"layers\":[]} | both an index and a manifest",
                "{\"manifests\":[],\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\"} | has a list of manifests",
                "{\"layers\":[],\"mediaType\":\"application/vnd.oci.image.index.v1+json\"} | but has layers",
                "{\"config\":{\"digest\":\"md5:1\",\"size\":1},\"layers\":[]} | config.digest is not",
                "{\"manifests\":[{\"digest\":\"x\"}]} | manifests[0].digest is not",
            })
    void brokenDocumentsAreNamed(String json, String message) {
        assertThatThrownBy(() -> read(json, ""))
                .isInstanceOfSatisfying(
                        UnreadableManifestException.class,
                        e -> assertThat(e.isUnsupported()).isFalse())
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"-1", "1e30", "\"7\"", "null"})
    void sizeMustBeANumberOfBytes(String size) {
        String config = "{\"digest\":\"" + A + "\",\"size\":" + size + "}";
        assertThatThrownBy(() -> read("{\"config\":" + config + ",\"layers\":[]}", ""))
                .isInstanceOf(UnreadableManifestException.class)
                .hasMessageContaining("config.size is not");
    }
}
