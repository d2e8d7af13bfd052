package io.carafe.registry.http;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** The older encodings of private keys, put into the PKCS#8 envelope that the JDK reads. Source: RFC 5208, 5915, 8017. */
final class Pkcs8 {
    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final byte[] RSA_OID_AND_NULL = {
        6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };
    private static final byte[] EC_OID = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 4;
    private static final int OBJECT_ID = 6;

    /** ECPrivateKey.parameters: the curve, with the explicit tag 0. */
    private static final int CURVE_TAG = 0xa0;

    private Pkcs8() {}

    static byte[] ofPkcs1(byte[] der) {
        return envelope(RSA_OID_AND_NULL, der);
    }

    static byte[] ofSec1(byte[] der) throws GeneralSecurityException {
        byte[] curve = curve(der);
        byte[] algorithm = Arrays.copyOf(EC_OID, EC_OID.length + curve.length);
        System.arraycopy(curve, 0, algorithm, EC_OID.length, curve.length);
        return envelope(algorithm, der);
    }

    private static byte[] envelope(byte[] algorithm, byte[] key) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(VERSION_0);
        content.writeBytes(tagged(SEQUENCE, algorithm));
        content.writeBytes(tagged(OCTETS, key));
        return tagged(SEQUENCE, content.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int bytes = content.length < 0x100 ? 1 : content.length < 0x10000 ? 2 : 3;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(content.length >>> (8 * i));
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** The named curve's object id, whole, out of a SEC1 key. */
    private static byte[] curve(byte[] der) throws GeneralSecurityException {
        for (int i = 0; i + 3 < der.length; i++) {
            int length = der[i + 3] & 0xff;
            if ((der[i] & 0xff) == CURVE_TAG
                    && der[i + 2] == OBJECT_ID
                    && (der[i + 1] & 0xff) == length + 2
                    && i + 4 + length <= der.length) {
                return Arrays.copyOfRange(der, i + 2, i + 4 + length);
            }
        }
        throw new GeneralSecurityException("the EC private key does not name its curve; convert it with openssl pkcs8");
    }
}
