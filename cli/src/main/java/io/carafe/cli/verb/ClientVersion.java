package io.carafe.cli.verb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The version of this program, which the build wrote beside the classes. */
public final class ClientVersion {
    private ClientVersion() {}

    public static String text() {
        try (var in = ClientVersion.class.getResourceAsStream("version.txt")) {
            return in == null ? "unknown" : new String(in.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
