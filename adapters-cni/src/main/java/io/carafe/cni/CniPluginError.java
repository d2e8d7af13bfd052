package io.carafe.cni;

import com.fasterxml.jackson.databind.JsonNode;
import io.carafe.domain.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a plugin that failed said of it: JSON with code, msg and details on stdout if it keeps to the protocol, else anything. */
final class CniPluginError {
    private static final int TAIL = 2048;

    private CniPluginError() {}

    static String describe(int exitStatus, byte[] stdout, byte[] stderr) {
        List<String> parts = new ArrayList<>();
        try {
            JsonNode error = CniJson.parse(stdout);
            String message = error.path("msg").asText();
            parts.add(message.isEmpty() ? "no message" : message);
            if (!error.path("details").asText().isEmpty()) {
                parts.add(error.path("details").asText());
            }
            parts.add("code " + error.path("code").asText("none"));
        } catch (Fault.InvalidArgument _) {
            if (stdout.length > 0) {
                parts.add("stdout: " + tail(stdout));
            }
        }
        parts.add("exit status " + exitStatus);
        if (stderr.length > 0) {
            parts.add("stderr: " + tail(stderr));
        }
        return String.join("; ", parts);
    }

    /** The end of an output, where the reason usually stands, on one line. */
    static String tail(byte[] output) {
        int from = Math.max(0, output.length - TAIL);
        String text = new String(output, from, output.length - from, StandardCharsets.UTF_8).strip();
        return (from > 0 ? "…" : "") + text.replaceAll("\\s*\\R\\s*", " | ");
    }
}
