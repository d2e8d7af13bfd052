package io.carafe.oci.shim;

import io.carafe.oci.json.Json;
import io.carafe.oci.ttrpc.ProtoFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What a shim says of itself when it has started.
 *
 * @param socket where it listens
 * @param version of its task service, 2 or 3
 */
public record Bootstrap(Path socket, int version) {
    private static final Json JSON = new Json();
    private static final String SCHEME = "unix://";
    private static final int OLDEST = 2;

    /**
     * Reads it in whichever of the three dialects it comes: an address alone (containerd up to 1.6, Kata), JSON (1.7 to 2.2, gVisor),
     * protobuf (from 2.3).
     *
     * @throws IOException if it is none of them, or a protocol that we do not speak
     */
    public static Bootstrap parse(byte[] output) throws IOException {
        String text = new String(output, StandardCharsets.UTF_8).strip();
        if (text.startsWith("{")) {
            var tree = JSON.tree(text);
            return of(
                    tree.path("address").asText(""),
                    tree.path("protocol").asText("ttrpc"),
                    tree.path("version").asInt(OLDEST));
        }
        if (text.startsWith("unix:") || text.startsWith("/")) {
            return of(text, "ttrpc", OLDEST);
        }
        ProtoFields fields = ProtoFields.parse(output);
        return of(fields.text(2), fields.text(3), (int) fields.number(1));
    }

    private static Bootstrap of(String address, String protocol, int version) throws IOException {
        String path = address.startsWith(SCHEME) ? address.substring(SCHEME.length()) : address;
        if (!path.startsWith("/")) {
            throw new IOException("the shim's answer names no unix socket: '" + address + "'");
        }
        if (!protocol.equals("ttrpc")) {
            throw new IOException("the shim speaks " + protocol + ", and we only ttrpc");
        }
        if (version < OLDEST || version > 3) {
            throw new IOException("the shim's task service has version " + version + ", and we speak 2 and 3");
        }
        return new Bootstrap(Path.of(path), version);
    }
}
