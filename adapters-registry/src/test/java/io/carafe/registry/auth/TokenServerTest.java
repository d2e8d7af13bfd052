package io.carafe.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.registry.hosts.RegistryHost;
import io.carafe.registry.hosts.TlsFiles;
import io.carafe.registry.http.HostFailure;
import io.carafe.registry.http.ProxyEnvironment;
import io.carafe.registry.http.RegistryHttp;
import io.carafe.registry.http.SystemTrust;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenServerTest {
    private static final RegistryHost HOST = RegistryHost.serverOf("reg.example", TlsFiles.NONE);

    private final RegistryHttp http = new RegistryHttp(
            ProxyEnvironment.from(Map.of()),
            new SystemTrust(Optional.empty()),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Runnable::run);
    private final TokenServer server = new TokenServer(http, InstantSource.system());
    private final TokenAuthenticator authenticator = new TokenAuthenticator(server);

    @Test
    void secureRegistryMayNotSendCredentialsInTheClear() {
        TokenRequest request =
                new TokenRequest(URI.create("http://tokens.example/t"), "s", "c", new Credentials.Password("u", "p"));
        assertThatThrownBy(() -> server.fetch(HOST, request))
                .isInstanceOfSatisfying(
                        HostFailure.class, failure -> assertThat(failure.kind()).isEqualTo(HostFailure.Kind.DENIED))
                .hasMessageContaining("http://tokens.example is plain http");
    }

    @Test
    void challengesThatCannotBeAnsweredSayWhy() {
        assertDenied(new Credentials.None(), "Basic realm=\"x\"", "none were given");
        assertDenied(new Credentials.RefreshToken("t"), "Basic realm=\"x\"", "takes user name and password");
        assertDenied(new Credentials.Password("u", "p"), "Negotiate", "asks for negotiate");
        assertDenied(new Credentials.Password("u", "p"), "", "in no known way");
        assertDenied(new Credentials.Password("u", "p"), "Bearer service=\"x\"", "no usable token server");
        assertDenied(new Credentials.Password("u", "p"), "Bearer realm=\"file:///x\"", "no usable token server");
        assertDenied(new Credentials.BearerToken("t"), "Basic realm=\"x\"", "refuses the registry token");
    }

    private void assertDenied(Credentials credentials, String challenge, String why) {
        assertThatThrownBy(() -> authenticator.answer(
                        new Access(HOST, "a/b", credentials), List.of(challenge), Optional.empty()))
                .isInstanceOfSatisfying(
                        HostFailure.class, failure -> assertThat(failure.kind()).isEqualTo(HostFailure.Kind.DENIED))
                .hasMessageContaining(why);
    }
}
