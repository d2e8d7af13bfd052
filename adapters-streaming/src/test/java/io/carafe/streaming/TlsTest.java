package io.carafe.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.application.stream.StreamSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** With a certificate for 127.0.0.1 that is only for this test. */
class TlsTest {
    private static final StreamSet INPUT = new StreamSet(true, true, true, false);

    @Test
    void muchGoesBothWaysUnchanged() throws Exception {
        var tls = new StreamingTls(resource("loopback.crt"), resource("loopback.key"));
        var options = new StreamingOptions("127.0.0.1", 0, Optional.of(tls), Duration.ofMinutes(1));
        byte[] much = new byte[4 << 20];
        new Random(9).nextBytes(much);
        try (TestNode node = TestNode.start(options)) {
            URI url = node.exec(INPUT, "cat");
            assertThat(url.getScheme()).isEqualTo("https");
            try (WebSocketPeer peer = WebSocketPeer.openTls(url, trusting(), Upgrade.V5)) {
                for (int at = 0; at < much.length; at += 1 << 16) {
                    peer.send(0, Arrays.copyOfRange(much, at, at + (1 << 16)), true);
                }
                peer.end(0);
                assertThat(peer.awaitClose()).isEqualTo(1000);
                assertThat(peer.bytes(1)).isEqualTo(much);
            }
        }
    }

    @Test
    void plainHttpIsNotServedBesideIt() throws Exception {
        var tls = new StreamingTls(resource("loopback.crt"), resource("loopback.key"));
        var options = new StreamingOptions("127.0.0.1", 0, Optional.of(tls), Duration.ofMinutes(1));
        try (TestNode node = TestNode.start(options)) {
            URI plain = URI.create(node.exec(INPUT, "cat").toString().replace("https", "http"));
            assertThat(answerTo(plain)).doesNotContain("101");
        }
    }

    private static String answerTo(URI url) throws IOException {
        try {
            return RawHttp.send(url, "GET", "Connection: Upgrade", "Upgrade: SPDY/3.1")
                    .head();
        } catch (SocketException e) {
            return "reset";
        }
    }

    private static Path resource(String name) throws Exception {
        return Path.of(Objects.requireNonNull(TlsTest.class.getResource(name)).toURI());
    }

    private static SSLContext trusting() throws Exception {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Objects.requireNonNull(TlsTest.class.getResourceAsStream("loopback.crt"))) {
            trusted.setCertificateEntry(
                    "test", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
