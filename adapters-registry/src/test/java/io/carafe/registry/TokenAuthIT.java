package io.carafe.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.image.ImageRegistry;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.TckContexts;
import io.carafe.registry.fixture.DockerRegistry;
import io.carafe.registry.fixture.Passwords;
import io.carafe.registry.fixture.TestCertificates;
import io.carafe.registry.fixture.TestTokenServer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenAuthIT extends RegistryScene {
    private static final String SCOPE = "repository:" + REPOSITORY + ":pull";

    private TestTokenServer tokens;
    private DockerRegistry server;
    private ImageRegistry registry;

    @BeforeEach
    void start() throws Exception {
        TestCertificates certificates = TestCertificates.make(directory.resolve("certificates"));
        tokens = TestTokenServer.start(certificates);
        server = DockerRegistry.withTokens(storage, tokens.realm(), certificates.authority());
        registry = Registries.with(directory, certs.withPlainHttp(server.address()));
    }

    @AfterEach
    void stop() {
        server.close();
        tokens.close();
    }

    @Test
    void passwordIsWorthATokenWhichIsKept() throws Exception {
        assertPulls(registry, server.address(), Passwords.SOMEBODY);
        assertPulls(registry, server.address(), Passwords.SOMEBODY);
        assertThat(tokens.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("GET");
            assertThat(asked.query()).containsEntry("scope", SCOPE).containsEntry("service", "test-registry");
        });
    }

    @Test
    void identityTokenIsWorthATokenByPost() throws Exception {
        assertPulls(registry, server.address(), identity(TestTokenServer.REFRESH_TOKEN));
        assertThat(tokens.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("POST");
            assertThat(asked.query()).containsEntry("scope", SCOPE).containsEntry("grant_type", "refresh_token");
            assertThat(asked.authorization()).isEmpty();
        });
    }

    @Test
    void registryTokenIsSentAsItIs() throws Exception {
        assertPulls(registry, server.address(), bearer(tokens.token(SCOPE)));
        assertThat(tokens.asked()).isEmpty();
    }

    @Test
    void refusedRegistryTokenIsDenied() {
        assertThatThrownBy(() -> registry.resolve(reference(server.address()), bearer("not-a-real-token"), AMD64))
                .isInstanceOf(Fault.Denied.class)
                .hasMessageContaining(server.address())
                .hasMessageNotContaining("not-a-real-token");
        assertThat(tokens.asked()).isEmpty();
    }

    @Test
    void wrongPasswordIsDeniedByTheTokenServer() {
        RegistryAuth wrong =
                new RegistryAuth("somebody", "wr0ng-word", Optional.empty(), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> registry.resolve(reference(server.address()), wrong, AMD64))
                .isInstanceOf(Fault.Denied.class)
                .hasMessageContaining(tokens.realm().replace("/token", ""))
                .hasMessageContaining("who are you?")
                .hasMessageNotContaining("wr0ng-word");
    }

    @Test
    void secretThatAServerRepeatsIsNotInTheMessage() {
        assertThatThrownBy(() -> registry.resolve(reference(server.address()), identity("wr0ng-refresh"), AMD64))
                .isInstanceOf(Fault.Denied.class)
                .hasMessageContaining("you sent ***")
                .hasMessageNotContaining("wr0ng-refresh");
    }

    @Test
    void tokenOfOneUserIsNotUsedForAnother() throws Exception {
        assertPulls(registry, server.address(), Passwords.SOMEBODY);
        assertThatThrownBy(() -> registry.resolve(reference(server.address()), RegistryAuth.ANONYMOUS, AMD64))
                .isInstanceOf(Fault.Denied.class);
        assertThat(tokens.asked()).hasSize(2);
        assertThat(tokens.asked().getLast().authorization()).isEmpty();
    }

    @Test
    void tokenThatHasRunOutIsReplaced() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        BackendContext context =
                TckContexts.in(directory, Map.of("certs_d", certs.path().toString()));
        ImageRegistry clocked = DistributionRegistryProvider.create(
                new BackendContext(
                        context.stateDirectory(),
                        context.runDirectory(),
                        context.socketDirectory(),
                        context.options(),
                        now::get,
                        context.tasks()),
                Map.of(),
                Registries.IMPATIENT);
        assertPulls(clocked, server.address(), Passwords.SOMEBODY);
        now.updateAndGet(time -> time.plusSeconds(296)); // of 300
        assertPulls(clocked, server.address(), Passwords.SOMEBODY);
        assertThat(tokens.asked()).hasSize(2);
    }

    private static RegistryAuth identity(String token) {
        return new RegistryAuth("", "", Optional.empty(), Optional.of(token), Optional.empty());
    }

    private static RegistryAuth bearer(String token) {
        return new RegistryAuth("", "", Optional.empty(), Optional.empty(), Optional.of(token));
    }
}
