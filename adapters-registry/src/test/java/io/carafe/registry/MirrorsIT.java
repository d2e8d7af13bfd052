package io.carafe.registry;

import static io.carafe.registry.fixture.FrontServer.body;
import static io.carafe.registry.fixture.FrontServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.image.ImageRegistry;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.registry.fixture.DockerRegistry;
import io.carafe.registry.fixture.FrontServer;
import io.carafe.registry.fixture.Passwords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry that wants a password, and a mirror of it. */
class MirrorsIT extends RegistryScene {
    private static final RegistryAuth NOBODY = RegistryAuth.ANONYMOUS;

    private DockerRegistry mirrorStore;
    private DockerRegistry serverStore;
    private FrontServer mirror;
    private FrontServer server;
    private ImageRegistry registry;

    @BeforeEach
    void start() throws Exception {
        mirrorStore = DockerRegistry.open(storage);
        Path passwords = Passwords.file(directory);
        serverStore = DockerRegistry.withPasswords(storage, passwords);
        mirror = FrontServer.before(mirrorStore.address());
        server = FrontServer.before(serverStore.address());
        registry = Registries.with(directory, certs);
        mirrored("");
    }

    @AfterEach
    void stop() {
        mirror.close();
        server.close();
        mirrorStore.close();
        serverStore.close();
    }

    private void mirrored(String more) {
        certs.with(
                server.address(),
                "server = \"http://" + server.address() + "\"\n[host.\"http://" + mirror.address() + "\"]\n" + more);
    }

    @Test
    void mirrorIsAskedFirstAndToldWhichRegistryIsMeant() throws Exception {
        assertPulls(registry, server.address(), NOBODY);
        assertThat(server.asked()).isEmpty();
        assertThat(mirror.asked())
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(asked.uri().getQuery()).isEqualTo("ns=" + server.address()));
    }

    @Test
    void mirrorNeverSeesTheRegistrysCredentials() throws Exception {
        mirror.next(10, "/v2/", status(401, "WWW-Authenticate", "Basic realm=\"m\""));
        assertPulls(registry, server.address(), Passwords.SOMEBODY);
        assertThat(mirror.asked())
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(asked.authorization()).isEmpty());
        assertThat(server.asked("/blobs/"))
                .allSatisfy(asked -> assertThat(asked.uri().getQuery()).isNull());
    }

    @Test
    void credentialsThatNameTheMirrorGoToItAlone() throws Exception {
        RegistryAuth forMirror = new RegistryAuth(
                "", "", Optional.of(mirror.address()), Optional.empty(), Optional.of("for-the-mirror"));
        mirror.next("/manifests/", status(404));
        assertThatThrownBy(() -> registry.resolve(reference(server.address()), forMirror, AMD64))
                .isInstanceOf(Fault.Denied.class);
        assertThat(mirror.asked().getFirst().authorization()).contains("Bearer for-the-mirror");
        assertThat(server.asked())
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(asked.authorization()).isEmpty());
    }

    @Test
    void mirrorThatIsDownIsPassedOverWithoutDelay() throws Exception {
        String down = "127.0.0.1:" + DockerRegistry.freePort();
        certs.with(server.address(), "server = \"http://" + server.address() + "\"\n[host.\"http://" + down + "\"]\n");
        assertPulls(registry, server.address(), Passwords.SOMEBODY);
    }

    @Test
    void mirrorThatMayOnlyPullIsNotAskedWhatATagMeans() throws Exception {
        mirrored("capabilities = [\"pull\"]\n");
        assertPulls(registry, server.address(), Passwords.SOMEBODY);
        assertThat(mirror.asked("/manifests/")).isEmpty();
        assertThat(mirror.asked("/blobs/")).hasSize(1);
        assertThat(server.asked("/blobs/")).isEmpty();
    }

    @Test
    void mirrorWithWrongContentIsPassedOver() throws Exception {
        mirror.next("/manifests/", body("{}".getBytes(StandardCharsets.UTF_8)));
        assertPulls(registry, server.address(), Passwords.SOMEBODY);
    }

    @Test
    void mirrorThatGaveAWrongBlobIsNotAskedForItAgain() throws Exception {
        byte[] wrong = layer().content().clone();
        wrong[7] ^= 1;
        mirror.next("/blobs/", body(wrong));
        assertThat(catchThrowable(() -> read(registry, reference(server.address()), Passwords.SOMEBODY)))
                .hasCauseInstanceOf(Fault.Corrupt.class);
        assertThat(read(registry, reference(server.address()), Passwords.SOMEBODY))
                .isEqualTo(layer().content());
        assertThat(mirror.asked("/blobs/")).hasSize(1);
    }

    @Test
    void blobThatBreaksOnTheMirrorGoesOnFromTheRegistry() throws Exception {
        mirror.next("/blobs/", FrontServer.breakAfter(100_000)).next(10, "/blobs/", status(500));
        assertThat(read(registry, reference(server.address()), Passwords.SOMEBODY))
                .isEqualTo(layer().content());
        assertThat(server.asked("/blobs/")).isNotEmpty();
    }

    @Test
    void faultHasWhatEveryHostSaid() {
        mirror.next(10, "/manifests/", status(500));
        assertThatThrownBy(() -> registry.resolve(reference(server.address()), NOBODY, AMD64))
                .isInstanceOf(Fault.Denied.class)
                .hasMessageContaining("http://" + mirror.address() + " said: 500")
                .hasMessageContaining("http://" + server.address() + " said: 401");
    }

    @Test
    void defaultDirectoryCountsForEveryRegistry() throws Exception {
        certs.with("_default", "server = \"http://" + mirror.address() + "\"\n");
        assertPulls(registry, "registry.invalid", NOBODY);
        assertThat(mirror.asked())
                .allSatisfy(asked -> assertThat(asked.uri().getQuery()).isEqualTo("ns=registry.invalid"));
    }

    @Test
    void overriddenPathIsTakenAsItIs() throws Exception {
        pushes.push("prefix/" + REPOSITORY, "1", image);
        certs.with(
                "registry.invalid", "server = \"http://" + mirror.address() + "/v2/prefix\"\noverride_path = true\n");
        assertPulls(registry, "registry.invalid", NOBODY);
        assertThat(mirror.asked())
                .allSatisfy(asked -> assertThat(asked.uri().getPath()).startsWith("/v2/prefix/" + REPOSITORY));
    }

    @Test
    void changedHostsTomlNeedsNoRestart() throws Exception {
        assertPulls(registry, server.address(), NOBODY);
        certs.withPlainHttp(server.address());
        assertThatThrownBy(() -> registry.resolve(reference(server.address()), NOBODY, AMD64))
                .isInstanceOf(Fault.Denied.class);
    }

    @Test
    void brokenHostsTomlIsNamedWithItsLine() {
        certs.with(server.address(), "server = \"http://x\"\nskip_verfy = true\n");
        assertThatThrownBy(() -> registry.resolve(reference(server.address()), NOBODY, AMD64))
                .isInstanceOf(Fault.WrongState.class)
                .hasMessageContaining("hosts.toml:2: 'skip_verfy' is not a field");
    }
}
