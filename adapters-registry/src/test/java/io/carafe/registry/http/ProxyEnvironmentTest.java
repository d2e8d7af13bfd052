package io.carafe.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyEnvironmentTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.com | example.com | true",
                "example.com | a.example.com | true",
                "example.com | badexample.com | false",
                ".example.com | example.com | false",
                ".example.com | a.b.example.com | true",
                "*.example.com | a.example.com | true",
                "EXAMPLE.com | Example.COM | true",
                "a.com, example.com:8443 | example.com:8443 | true",
                "example.com:8443 | example.com | false",
                "example.com:443 | example.com | true",
                "* | anything.at.all | true",
                "10.0.0.0/8 | 10.255.1.2 | true",
                "10.0.0.0/8 | 11.0.0.1 | false",
                "10.1.2.128/25 | 10.1.2.127 | false",
                "0.0.0.0/0 | 1.2.3.4 | true",
                "10.0.0.0/8 | ten.example | false",
                "10.0.0.0/x | 10.0.0.1 | false",
                "192.0.2.7 | 192.0.2.7 | true",
                "192.0.2.7:5000 | 192.0.2.7:5000 | true",
                "192.0.2.7:5000 | 192.0.2.7 | false",
                "fd00::/8 | [fd00::1]:5000 | true",
                "fd00::/8 | 10.0.0.1 | false",
                "[fd00::1]:5000 | [fd00::1]:5000 | true",
                "fd00::1 | [fd00:0:0::1] | true",
                "'' | localhost:5000 | true",
                "'' | 127.9.9.9 | true",
                "'' | [::1]:5000 | true",
                "' , ,' | example.com | false",
            })
    void noProxyNamesWhatIsAskedDirectly(String noProxy, String host, boolean direct) {
        ProxyEnvironment environment =
                ProxyEnvironment.from(Map.of("HTTPS_PROXY", "http://proxy:3128", "no_proxy", noProxy));
        assertThat(environment.proxyFor(URI.create("https://" + host + "/v2/")).isEmpty())
                .isEqualTo(direct);
    }

    @Test
    void eachSchemeHasItsProxyAndUpperCaseCountsMore() {
        ProxyEnvironment environment = ProxyEnvironment.from(
                Map.of("HTTP_PROXY", "upper", "http_proxy", "lower:1", "https_proxy", "http://secure:8443/"));
        assertThat(environment.proxyFor(URI.create("http://x/")).map(Object::toString))
                .contains("http://upper:80");
        assertThat(environment.proxyFor(URI.create("https://x/")).map(Object::toString))
                .contains("http://secure:8443");
        assertThat(ProxyEnvironment.from(Map.of("HTTP_PROXY", " ")).proxyFor(URI.create("http://x/")))
                .isEmpty();
    }

    @Test
    void passwordIsDecodedAndNotPrinted() {
        HttpProxy proxy = HttpProxy.parse("HTTP_PROXY", "http://us%40er:a+b%3Ac@proxy:1");
        assertThat(proxy.authorization()).contains("Basic dXNAZXI6YStiOmM="); // us@er:a+b:c
        assertThat(proxy).hasToString("http://proxy:1");
        assertThat(ProxyEnvironment.from(Map.of("HTTP_PROXY", "http://u:p@proxy:1"))
                        .hasCredentials())
                .isTrue();
        assertThat(ProxyEnvironment.from(Map.of("HTTP_PROXY", "http://proxy:1")).hasCredentials())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"socks5://user:hidden@proxy:1080", "https://user:hidden@proxy", "http://", "http://a b:hidden@c"
            })
    void otherProxiesFailWhatGoesThroughThemWithoutTheirPassword(String value) {
        ProxyEnvironment environment =
                ProxyEnvironment.from(Map.of("HTTPS_PROXY", value, "NO_PROXY", "direct.example"));
        assertThat(environment.problems())
                .singleElement()
                .asString()
                .contains("HTTPS_PROXY")
                .doesNotContain("hidden");
        assertThat(environment.proxyFor(URI.create("http://x/"))).isEmpty();
        assertThat(environment.proxyFor(URI.create("https://direct.example/"))).isEmpty();
        assertThatThrownBy(() -> environment.proxyFor(URI.create("https://x/")))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("hidden");
    }
}
