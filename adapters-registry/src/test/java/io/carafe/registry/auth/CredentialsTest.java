package io.carafe.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.image.ImageReference;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.registry.hosts.RegistryHost;
import io.carafe.registry.hosts.TlsFiles;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {
    private static final Credentials PASSWORD = new Credentials.Password("user", "secret");
    private static final Credentials NONE = new Credentials.None();

    private static RegistryAuth password(String server) {
        return new RegistryAuth("user", "secret", Optional.of(server), Optional.empty(), Optional.empty());
    }

    private static RegistryHost host(String root, boolean server) {
        return new RegistryHost(
                URI.create(root),
                RegistryHost.ALL,
                TlsFiles.NONE,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                server);
    }

    @ParameterizedTest
    @CsvSource({
        "https://index.docker.io/v1/, docker.io/a, https://registry-1.docker.io/v2, true, true",
        "docker.io, docker.io/a, https://registry-1.docker.io/v2, true, true",
        "'', docker.io/a, https://registry-1.docker.io/v2, true, true",
        "'', docker.io/a, https://mirror.example/v2, false, false",
        "mirror.example, docker.io/a, https://mirror.example/v2, false, true",
        "mirror.example:443, docker.io/a, https://mirror.example/v2, false, true",
        "mirror.example:5000, docker.io/a, https://mirror.example/v2, false, false",
        "docker.io, docker.io/a, https://mirror.example/v2, false, false",
        "reg.example, reg.example/a, https://inside.example:8443/v2, true, true",
        "'', reg.example/a, https://inside.example:8443/v2, true, true",
        "other.example, reg.example/a, https://inside.example:8443/v2, true, false",
        "'', reg.example:5000/a, http://reg.example:5000/v2, false, true",
        "http://reg.example, reg.example/a, http://reg.example:80/v2, false, true",
        "reg.example.evil, reg.example/a, https://reg.example/v2, true, false",
    })
    void credentialsGoToTheServerTheyAreFor(String named, String image, String root, boolean server, boolean sent) {
        ImageReference reference = ImageReference.parse(image);
        assertThat(Credentials.of(password(named), reference, host(root, server)))
                .isEqualTo(sent ? PASSWORD : NONE);
    }

    @Test
    void strongerCredentialsCountMore() {
        ImageReference reference = ImageReference.parse("reg.example/a");
        RegistryHost host = host("https://reg.example/v2", true);
        RegistryAuth all =
                new RegistryAuth("u", "p", Optional.empty(), Optional.of("identity"), Optional.of("registry"));
        assertThat(Credentials.of(all, reference, host)).isEqualTo(new Credentials.BearerToken("registry"));
        RegistryAuth two = new RegistryAuth("u", "p", Optional.empty(), Optional.of("identity"), Optional.of(""));
        assertThat(Credentials.of(two, reference, host)).isEqualTo(new Credentials.RefreshToken("identity"));
        assertThat(Credentials.of(RegistryAuth.ANONYMOUS, reference, host)).isEqualTo(NONE);
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(new Credentials.Password("u", "hidden").toString()).doesNotContain("hidden");
        assertThat(new Credentials.RefreshToken("hidden").toString()).doesNotContain("hidden");
        assertThat(new Credentials.BearerToken("hidden").toString()).doesNotContain("hidden");
        assertThat(Credentials.withoutSecrets("it said: secret!", password("x")))
                .isEqualTo("it said: ***!");
    }
}
