package io.carafe.application.inventory;

import java.security.SecureRandom;
import java.util.HexFormat;

/** New ids: 32 random bytes as 64 hex digits. */
public final class Ids {
    private final SecureRandom random = new SecureRandom();

    public String next() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
