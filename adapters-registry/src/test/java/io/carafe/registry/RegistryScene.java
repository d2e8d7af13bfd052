package io.carafe.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.image.ImageReference;
import io.carafe.domain.image.Platform;
import io.carafe.ports.image.ImageRegistry;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.ports.tck.image.TestBlob;
import io.carafe.ports.tck.image.TestImage;
import io.carafe.ports.tck.image.TestLayer;
import io.carafe.registry.fixture.CertsDirectory;
import io.carafe.registry.fixture.Pushes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An image "app/one:1" in a storage that any registry of the test can read. */
abstract class RegistryScene {
    static final Platform AMD64 = new Platform("linux", "amd64", "");
    static final String REPOSITORY = "app/one";

    @TempDir
    Path directory;

    Path storage;
    CertsDirectory certs;
    Pushes pushes;
    TestImage image;

    @BeforeEach
    void pushImage() {
        storage = directory.resolve("storage");
        certs = new CertsDirectory(directory.resolve("certs.d"));
        pushes = new Pushes(storage);
        byte[] noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        image = TestImage.of(AMD64, new TestLayer().file("noise", 0600, noise), new TestLayer().file("b", "two"));
        pushes.push(REPOSITORY, "1", image);
    }

    @AfterEach
    void stopPushes() {
        pushes.close();
    }

    ImageReference reference(String registry) {
        return ImageReference.parse(registry + "/" + REPOSITORY + ":1");
    }

    TestBlob layer() {
        return image.layers().getFirst();
    }

    byte[] read(ImageRegistry registry, ImageReference reference, RegistryAuth auth)
            throws IOException, InterruptedException {
        try (InputStream stream = registry.open(reference, layer().descriptor(), auth)) {
            return stream.readAllBytes();
        }
    }

    void assertPulls(ImageRegistry registry, String name, RegistryAuth auth) throws IOException, InterruptedException {
        assertThat(registry.resolve(reference(name), auth, AMD64).manifest()).isEqualTo(image.expected());
        assertThat(read(registry, reference(name), auth)).isEqualTo(layer().content());
    }
}
