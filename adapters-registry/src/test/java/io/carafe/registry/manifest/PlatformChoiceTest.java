package io.carafe.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import io.carafe.domain.image.Platform;
import io.carafe.domain.resource.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformChoiceTest {
    private static Platform platform(String text) {
        String[] parts = text.split("/", 3);
        return new Platform(parts[0], parts[1], parts.length > 2 ? parts[2] : "");
    }

    private static Document.Entry entry(String mediaType, Optional<Platform> platform) {
        String hex = "%064x".formatted(platform.hashCode() & 0xffff);
        return new Document.Entry(new Descriptor(mediaType, Digest.sha256(hex), new Bytes(1)), platform);
    }

    private static Document.Index index(String platforms) {
        List<Document.Entry> entries = new ArrayList<>();
        for (String text : platforms.split(" ")) {
            entries.add(entry(MediaTypes.OCI_MANIFEST, Optional.of(platform(text))));
        }
        return new Document.Index(entries);
    }

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/arm64 linux/amd64, linux/amd64",
        "linux/amd64, linux/amd64/v3 linux/amd64/v1, linux/amd64/v1",
        "linux/amd64/v3, linux/amd64 linux/amd64/v2 linux/amd64/v4, linux/amd64/v2",
        "linux/amd64/v3, linux/amd64/v2 linux/amd64/v3, linux/amd64/v3",
        "linux/amd64, linux/386, linux/386",
        "linux/amd64, linux/386 linux/x86_64, linux/x86_64",
        "linux/arm64, linux/amd64 linux/arm64/v8, linux/arm64/v8",
        "linux/arm64/v8, linux/arm64, linux/arm64",
        "linux/arm64, linux/aarch64, linux/aarch64",
        "linux/arm64/v8.2, linux/arm64/v8 linux/arm64/v8.1 linux/arm64/v8.4, linux/arm64/v8.1",
        "linux/arm64/v9, linux/arm64/v8 linux/arm64/v8.5 linux/arm64/v8.6, linux/arm64/v8.5",
        "linux/arm64/v9.2, linux/arm64/v9.0 linux/arm64/v8.7, linux/arm64/v9.0",
        "linux/arm64, linux/arm/v6 linux/arm/v7, linux/arm/v7",
        "linux/arm/v7, linux/arm64 linux/arm/v5 linux/arm/v6, linux/arm/v6",
        "linux/arm, linux/arm/v7, linux/arm/v7",
        "linux/ppc64le, linux/ppc64le, linux/ppc64le",
    })
    void bestEntryIsTaken(String wanted, String has, String taken) {
        Optional<Platform> found =
                PlatformChoice.forPlatform(platform(wanted)).in(index(has)).flatMap(Document.Entry::platform);
        assertThat(found).contains(platform(taken));
    }

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/arm64 windows/amd64",
        "linux/amd64, linux/amd64/v2",
        "linux/arm64/v8, linux/arm64/v9 linux/arm64/v8.1",
        "linux/arm/v6, linux/arm/v7",
        "linux/386, linux/amd64",
        "linux/amd64, unknown/unknown",
    })
    void nothingIsTakenThatCannotRun(String wanted, String has) {
        assertThat(PlatformChoice.forPlatform(platform(wanted)).in(index(has))).isEmpty();
    }

    @Test
    void entryWithoutPlatformIsTheLastResort() {
        Document.Entry nameless = entry(MediaTypes.DOCKER_MANIFEST, Optional.empty());
        Document.Entry artifact = entry("application/vnd.example+json", Optional.empty());
        Document.Entry named = entry(MediaTypes.DOCKER_MANIFEST, Optional.of(platform("linux/amd64")));
        PlatformChoice amd64 = PlatformChoice.forPlatform(platform("linux/amd64"));
        assertThat(amd64.in(new Document.Index(List.of(artifact, nameless, named))))
                .contains(named);
        assertThat(amd64.in(new Document.Index(List.of(artifact, nameless)))).contains(nameless);
        assertThat(amd64.in(new Document.Index(List.of(artifact)))).isEmpty();
    }

    @Test
    void listNamesWhatThereIs() {
        assertThat(PlatformChoice.listed(index("linux/amd64 linux/arm64/v8 unknown/unknown linux/amd64")))
                .isEqualTo("linux/amd64, linux/arm64/v8");
    }
}
