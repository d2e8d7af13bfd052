package io.carafe.oci.conmon;

import com.fasterxml.jackson.databind.JsonNode;
import io.carafe.oci.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One line from conmon's pipes: {@code {"pid": 4711}}, {@code {"exit_code": 0}}, or {@code {"data": …}} for either with API version
 * 1. A failure has a negative number and a message.
 */
public record SyncMessage(int value, String message) {
    private static final Json JSON = new Json();

    public boolean isFailure() {
        return value < 0;
    }

    /** Waits for a line; empty if the pipe ends before one. */
    static Optional<SyncMessage> read(InputStream pipe) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = pipe.read(); b >= 0; b = pipe.read()) {
            if (b == '\n') {
                return Optional.of(parse(line.toString(StandardCharsets.UTF_8)));
            }
            line.write(b);
        }
        return Optional.empty();
    }

    static SyncMessage parse(String line) throws IOException {
        JsonNode json = JSON.tree(line);
        for (String key : new String[] {"data", "pid", "exit_code"}) {
            if (json.path(key).isInt()) {
                return new SyncMessage(
                        json.path(key).asInt(), json.path("message").asText("").strip());
            }
        }
        throw new IOException("not a message of conmon: " + line);
    }
}
