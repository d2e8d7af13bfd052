package io.carafe.registry.http;

import io.carafe.registry.hosts.ClientCertificate;
import io.carafe.registry.hosts.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS contexts made of certificate files: the node's authorities, a host's own, our certificates. */
final class TlsContexts {
    private static final char[] NO_PASSWORD = {};

    private final SystemTrust system;

    TlsContexts(SystemTrust system) {
        this.system = system;
    }

    SSLContext of(TlsFiles files) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(files), trustIn(files), null);
        return context;
    }

    private TrustManager[] trustIn(TlsFiles files) throws IOException, GeneralSecurityException {
        if (files.skipVerify()) {
            return new TrustManager[] {new TrustAnything()};
        }
        List<X509Certificate> authorities = new ArrayList<>(nodeAuthorities());
        for (Path file : files.authorities()) {
            authorities.addAll(PemFile.read(file).certificates());
        }
        KeyStore store = emptyStore();
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        return trustManagers(store);
    }

    private List<X509Certificate> nodeAuthorities() throws IOException, GeneralSecurityException {
        if (system.bundle().isPresent()) {
            return PemFile.read(system.bundle().get()).readableCertificates();
        }
        List<X509Certificate> ofJdk = new ArrayList<>();
        for (TrustManager manager : trustManagers(null)) {
            if (manager instanceof X509TrustManager trust) {
                ofJdk.addAll(List.of(trust.getAcceptedIssuers()));
            }
        }
        return ofJdk;
    }

    /** @param store null for the JDK's own authorities */
    private static TrustManager[] trustManagers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keyManagers(TlsFiles files) throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        for (ClientCertificate client : files.clients()) {
            store.setKeyEntry(
                    client.certificate().toString(),
                    PemFile.read(client.key()).privateKey(),
                    NO_PASSWORD,
                    PemFile.read(client.certificate()).certificates().toArray(Certificate[]::new));
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
