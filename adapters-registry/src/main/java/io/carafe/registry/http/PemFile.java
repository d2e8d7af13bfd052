package io.carafe.registry.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys in PEM, as openssl and Kubernetes write them. Source: RFC 7468, 8017 (PKCS#1), 5915 (SEC1). */
record PemFile(Path path, String text) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    static PemFile read(Path path) throws IOException {
        return new PemFile(path, Files.readString(path, StandardCharsets.ISO_8859_1));
    }

    /** All certificates in it; at least one. */
    List<X509Certificate> certificates() throws GeneralSecurityException {
        return certificates(false);
    }

    /** Those that can be read: one bad entry in the node's bundle must not end all pulls. */
    List<X509Certificate> readableCertificates() throws GeneralSecurityException {
        return certificates(true);
    }

    private List<X509Certificate> certificates(boolean lenient) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String type = block.group(1);
            if (type.equals("CERTIFICATE") || type.equals("TRUSTED CERTIFICATE")) {
                try {
                    certificates.add((X509Certificate)
                            factory.generateCertificate(new ByteArrayInputStream(decode(block.group(2)))));
                } catch (CertificateException e) {
                    if (!lenient) {
                        throw e;
                    }
                }
            }
        }
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException(path + " holds no certificate");
        }
        return certificates;
    }

    /** The first private key in it. */
    PrivateKey privateKey() throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            boolean encrypted = block.group(2).contains("ENCRYPTED");
            switch (block.group(1)) {
                case "PRIVATE KEY" -> {
                    return pkcs8(decode(block.group(2)));
                }
                case "RSA PRIVATE KEY" -> {
                    return encrypted ? refuseEncrypted() : pkcs8(Pkcs8.ofPkcs1(decode(block.group(2))));
                }
                case "EC PRIVATE KEY" -> {
                    return encrypted ? refuseEncrypted() : pkcs8(Pkcs8.ofSec1(decode(block.group(2))));
                }
                case "ENCRYPTED PRIVATE KEY" -> {
                    return refuseEncrypted();
                }
                default -> {
                    // certificates and EC parameters stand beside keys
                }
            }
        }
        throw new GeneralSecurityException(path + " holds no private key");
    }

    private PrivateKey refuseEncrypted() throws GeneralSecurityException {
        throw new GeneralSecurityException(
                "the private key in " + path + " is encrypted; store it without a passphrase");
    }

    private PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // the algorithm is inside the key: the next factory may know it
            }
        }
        throw new GeneralSecurityException("the private key in " + path + " is neither RSA, EC nor EdDSA");
    }

    private byte[] decode(String base64) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException(path + " is not valid PEM: " + e.getMessage(), e);
        }
    }
}
