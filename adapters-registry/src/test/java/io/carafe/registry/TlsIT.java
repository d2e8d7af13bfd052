package io.carafe.registry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.image.ImageRegistry;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.registry.fixture.DockerRegistry;
import io.carafe.registry.fixture.TestCertificates;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TlsIT extends RegistryScene {
    private TestCertificates certificates;
    private DockerRegistry server;
    private DockerRegistry strict;

    @BeforeEach
    void start() throws Exception {
        certificates = TestCertificates.make(directory.resolve("certificates"));
        server = DockerRegistry.withTls(storage, certificates, false);
        strict = DockerRegistry.withTls(storage, certificates, true);
    }

    @AfterEach
    void stop() {
        server.close();
        strict.close();
    }

    private ImageRegistry registry() {
        return Registries.with(directory, certs);
    }

    @Test
    void unknownAuthorityIsRefused() {
        assertThatThrownBy(() -> registry().resolve(reference(server.address()), RegistryAuth.ANONYMOUS, AMD64))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageStartingWith("RegistryUnavailable: ")
                .hasMessageContaining("certificate is not trusted")
                .hasMessageContaining("https://" + server.address());
    }

    @Test
    void authorityOfHostsTomlIsTrusted() throws Exception {
        certs.with(server.address(), "ca = \"" + certificates.authority() + "\"\n");
        assertPulls(registry(), server.address(), RegistryAuth.ANONYMOUS);
    }

    @Test
    void authorityInDockersFilePatternIsTrusted() throws Exception {
        var folder = Files.createDirectories(certs.path().resolve("127.0.0.1_" + server.port() + "_"));
        Files.copy(certificates.authority(), folder.resolve("ca.crt"));
        assertPulls(registry(), server.address(), RegistryAuth.ANONYMOUS);
    }

    @Test
    void authorityOfTheNodeIsTrusted() throws Exception {
        var environment = Map.of("SSL_CERT_FILE", certificates.authority().toString());
        assertPulls(Registries.with(directory, certs, Map.of(), environment), server.address(), RegistryAuth.ANONYMOUS);
    }

    @Test
    void skipVerifyTrustsAnybody() throws Exception {
        certs.with(server.address(), "skip_verify = true\n");
        assertPulls(registry(), server.address(), RegistryAuth.ANONYMOUS);
    }

    @Test
    void skipVerifyIgnoresTheNameToo() throws Exception {
        String other = "localhost:" + server.port(); // the certificate is for 127.0.0.1
        certs.with(other, "skip_verify = true\n");
        assertPulls(registry(), other, RegistryAuth.ANONYMOUS);
        certs.with(other, "ca = \"" + certificates.authority() + "\"\n");
        assertThatThrownBy(() -> registry().resolve(reference(other), RegistryAuth.ANONYMOUS, AMD64))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("certificate");
    }

    @Test
    void httpWithTlsSettingsTriesHttpsFirst() throws Exception {
        certs.with(server.address(), "[host.\"http://" + server.address() + "\"]\n  skip_verify = true\n");
        assertPulls(registry(), server.address(), RegistryAuth.ANONYMOUS);
    }

    @Test
    void missingClientCertificateIsRefused() {
        certs.with(strict.address(), "ca = \"" + certificates.authority() + "\"\n");
        assertThatThrownBy(() -> registry().resolve(reference(strict.address()), RegistryAuth.ANONYMOUS, AMD64))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining(strict.address());
    }

    @Test
    void clientCertificateIsShown() throws Exception {
        certs.with(
                strict.address(),
                "ca = \"" + certificates.authority() + "\"\nclient = [[\"" + certificates.client() + "\", \""
                        + certificates.clientKey() + "\"]]\n");
        assertPulls(registry(), strict.address(), RegistryAuth.ANONYMOUS);
    }

    @Test
    void clientKeyMayBeInTheOlderEncodingBesideItsCertificate() throws Exception {
        var both = directory.resolve("both.pem");
        certificates.run(
                List.of("sh", "-c", "openssl ec -in client.key -out sec1.key && cat client.crt sec1.key > " + both));
        certs.with(strict.address(), "ca = \"" + certificates.authority() + "\"\nclient = \"" + both + "\"\n");
        assertPulls(registry(), strict.address(), RegistryAuth.ANONYMOUS);
    }

    @Test
    void changedCertificateFileNeedsNoRestart() throws Exception {
        var ca = directory.resolve("my-ca.crt");
        Files.copy(certificates.client(), ca);
        certs.with(server.address(), "ca = \"" + ca + "\"\n");
        ImageRegistry registry = registry();
        assertThatThrownBy(() -> registry.resolve(reference(server.address()), RegistryAuth.ANONYMOUS, AMD64))
                .isInstanceOf(Fault.Unavailable.class);
        Files.copy(certificates.authority(), ca, StandardCopyOption.REPLACE_EXISTING);
        assertPulls(registry, server.address(), RegistryAuth.ANONYMOUS);
    }

    @Test
    void unreadableCertificateIsNamed() {
        certs.with(server.address(), "ca = \"/nowhere/ca.crt\"\n");
        assertThatThrownBy(() -> registry().resolve(reference(server.address()), RegistryAuth.ANONYMOUS, AMD64))
                .isInstanceOf(Fault.WrongState.class)
                .hasMessageContaining("/nowhere/ca.crt");
    }
}
