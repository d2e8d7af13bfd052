package io.carafe.registry.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The sentence in an error answer. Source: distribution-spec "Error Codes"; RFC 6749 section 5.2 for token servers. */
final class ErrorBody {
    private static final int LONGEST = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ErrorBody() {}

    /** Empty where there is none; control characters, which could forge log lines, are taken out. */
    static String explain(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            List<String> words = new ArrayList<>();
            JsonNode first = json.path("errors").path(0);
            Stream.of(first.path("code"), first.path("message"), json.path("error"), json.path("error_description"))
                    .map(JsonNode::asText)
                    .filter(word -> !word.isBlank() && !words.contains(word))
                    .forEach(words::add);
            String text =
                    String.join(": ", words).replaceAll("\\p{Cntrl}+", " ").strip();
            return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        } catch (IOException e) {
            return ""; // HTML of some proxy, or nothing
        }
    }
}
