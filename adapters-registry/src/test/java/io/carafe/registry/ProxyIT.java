package io.carafe.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.registry.fixture.DockerRegistry;
import io.carafe.registry.fixture.ForwardProxy;
import io.carafe.registry.fixture.TestCertificates;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** "registry.test" is known to the proxy alone. */
class ProxyIT extends RegistryScene {
    private static final String NAME = "registry.test";
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("us:p@ss".getBytes(StandardCharsets.UTF_8));

    private TestCertificates certificates;
    private DockerRegistry plain;
    private DockerRegistry secure;

    @BeforeEach
    void start() throws Exception {
        certificates = TestCertificates.make(directory.resolve("certificates"));
        plain = DockerRegistry.open(storage);
        secure = DockerRegistry.withTls(storage, certificates, false);
    }

    @AfterEach
    void stop() {
        plain.close();
        secure.close();
    }

    private void pulls(Map<String, String> environment) throws Exception {
        assertPulls(Registries.with(directory, certs, Map.of(), environment), NAME, RegistryAuth.ANONYMOUS);
    }

    private void configureSecure(String more) {
        certs.with(NAME, "ca = \"" + certificates.authority() + "\"\n" + more);
    }

    @Test
    void plainHttpGoesThroughHttpProxy() throws Exception {
        certs.withPlainHttp(NAME);
        try (ForwardProxy proxy = ForwardProxy.to(plain.port())) {
            pulls(Map.of("http_proxy", "http://" + proxy.address()));
            assertThat(proxy.asked()).allSatisfy(line -> assertThat(line).startsWith("GET http://" + NAME + "/v2/"));
        }
    }

    @Test
    void httpsIsTunnelledThroughHttpsProxy() throws Exception {
        configureSecure("");
        try (ForwardProxy proxy = ForwardProxy.to(secure.port())) {
            pulls(Map.of("HTTPS_PROXY", proxy.address(), "HTTP_PROXY", "http://127.0.0.1:1"));
            assertThat(proxy.asked()).contains("CONNECT " + NAME + ":443 HTTP/1.1");
        }
    }

    @Test
    void proxyOfTheHostCountsMoreThanTheEnvironment() throws Exception {
        try (ForwardProxy proxy = ForwardProxy.to(secure.port())) {
            configureSecure("proxy = \"http://" + proxy.address() + "\"\n");
            pulls(Map.of("HTTPS_PROXY", "http://127.0.0.1:1", "NO_PROXY", "*"));
            assertThat(proxy.asked()).isNotEmpty();
        }
    }

    @Test
    void proxyGetsItsPassword() throws Exception {
        certs.withPlainHttp(NAME);
        try (ForwardProxy proxy = ForwardProxy.wanting(BASIC, plain.port())) {
            pulls(Map.of("HTTP_PROXY", "http://us:p%40ss@" + proxy.address()));
        }
    }

    @Test
    void tunnelGetsItsPassword() throws Exception {
        configureSecure("");
        try (ForwardProxy proxy = ForwardProxy.wanting(BASIC, secure.port())) {
            pulls(Map.of("HTTPS_PROXY", "http://us:p%40ss@" + proxy.address()));
        }
    }

    @Test
    void proxyThatWantsAPasswordIsNamedAndTheWrongOneIsNot() {
        certs.withPlainHttp(NAME);
        try (ForwardProxy proxy = ForwardProxy.wanting(BASIC, plain.port())) {
            assertThatThrownBy(() -> pulls(Map.of("HTTP_PROXY", "http://us:wr0ng-word@" + proxy.address())))
                    .isInstanceOf(Fault.Unavailable.class)
                    .hasMessageContaining(proxy.address())
                    .hasMessageNotContaining("wr0ng-word");
        }
    }

    @Test
    void proxyThatIsDownIsNamed() {
        certs.withPlainHttp(NAME);
        String down = "127.0.0.1:" + DockerRegistry.freePort();
        assertThatThrownBy(() -> pulls(Map.of("HTTP_PROXY", "http://" + down)))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("through proxy http://" + down);
    }

    @Test
    void noProxyIsAskedDirectly() {
        certs.withPlainHttp(NAME);
        try (ForwardProxy proxy = ForwardProxy.to(plain.port())) {
            assertThatThrownBy(() -> pulls(Map.of("HTTP_PROXY", proxy.address(), "NO_PROXY", ".test")))
                    .isInstanceOf(Fault.Unavailable.class)
                    .hasMessageContaining("does not resolve");
            assertThat(proxy.asked()).isEmpty();
        }
    }
}
