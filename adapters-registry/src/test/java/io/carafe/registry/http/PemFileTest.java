package io.carafe.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemFileTest {
    @TempDir
    Path directory;

    private PemFile pem(String type, byte[] der) throws Exception {
        String text = "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END "
                + type + "-----\n";
        return PemFile.read(Files.writeString(directory.resolve("key.pem"), text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void pkcs8IsReadWhateverTheAlgorithm(String algorithm) throws Exception {
        PrivateKey key =
                KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
        assertThat(pem("PRIVATE KEY", key.getEncoded()).privateKey()).isEqualTo(key);
    }

    @Test
    void pkcs1IsRead() throws Exception {
        PrivateKey key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        byte[] pkcs8 = key.getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length); // behind the envelope of a 2048 to 4096 bit key
        assertThat(((RSAPrivateCrtKey) pem("RSA PRIVATE KEY", pkcs1).privateKey()).getModulus())
                .isEqualTo(((RSAPrivateCrtKey) key).getModulus());
    }

    @Test
    void encryptedKeyIsRefusedWithAdvice() {
        assertThatThrownBy(() -> pem("ENCRYPTED PRIVATE KEY", new byte[8]).privateKey())
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("without a passphrase");
    }

    @Test
    void fileWithoutWhatIsWantedIsNamed() {
        assertThatThrownBy(() -> pem("PUBLIC KEY", new byte[8]).privateKey())
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("key.pem holds no private key");
        assertThatThrownBy(() -> pem("PRIVATE KEY", new byte[8]).certificates())
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("key.pem holds no certificate");
        assertThatThrownBy(() -> pem("PRIVATE KEY", new byte[8]).privateKey())
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("neither RSA, EC nor EdDSA");
        assertThatThrownBy(() -> pem("EC PRIVATE KEY", new byte[8]).privateKey())
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("does not name its curve");
    }
}
