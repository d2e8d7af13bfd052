package io.carafe.registry;

import io.carafe.domain.image.Digest;
import io.carafe.domain.image.ImageReference;
import io.carafe.ports.image.ImageRegistry;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.ports.tck.ImageRegistryTck;
import io.carafe.ports.tck.image.RegistryFixture;
import io.carafe.ports.tck.image.TestImage;
import io.carafe.registry.fixture.CertsDirectory;
import io.carafe.registry.fixture.DockerRegistry;
import io.carafe.registry.fixture.Passwords;
import io.carafe.registry.fixture.Pushes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The kit against the real docker-registry, which wants a password. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DistributionRegistryTckIT extends ImageRegistryTck implements RegistryFixture {
    private Pushes pushes;
    private DockerRegistry server;
    private ImageRegistry registry;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        Path storage = directory.resolve("storage");
        pushes = new Pushes(storage);
        server = DockerRegistry.withPasswords(storage, Passwords.file(directory));
        registry = Registries.with(
                directory, new CertsDirectory(directory.resolve("certs.d")).withPlainHttp(server.address()));
    }

    @AfterAll
    void stop() {
        server.close();
        pushes.close();
    }

    @Override
    protected ImageRegistry registry() {
        return registry;
    }

    @Override
    protected RegistryFixture fixture() {
        return this;
    }

    @Override
    public String host() {
        return server.address();
    }

    @Override
    public void push(ImageReference reference, TestImage image) {
        pushes.push(reference.repository(), reference.manifestReference(), image);
    }

    @Override
    public void pushIndex(ImageReference reference, List<TestImage> images) {
        pushes.pushIndex(reference.repository(), reference.manifestReference(), images);
    }

    @Override
    public void corrupt(ImageReference reference, Digest blob) {
        pushes.corrupt(blob);
    }

    @Override
    public RegistryAuth credentials() {
        return Passwords.SOMEBODY;
    }
}
