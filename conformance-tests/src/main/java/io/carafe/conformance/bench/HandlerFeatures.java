package io.carafe.conformance.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.carafe.cri.v1.StatusRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the handler of this run says it cannot do, each with its reason: of endpoints that tell, as Carafe does in verbose Status,
 * {@code info["handlers"]}. Of others it is empty, and every claim is held against them.
 *
 * @param missing reasons by the name of the feature
 */
record HandlerFeatures(Map<String, String> missing) {
    HandlerFeatures {
        missing = Map.copyOf(missing);
    }

    /** @param handler its name; empty for the endpoint's default, of which nothing is known */
    static HandlerFeatures of(Cri cri, String handler) {
        var request = StatusRequest.newBuilder().setVerbose(true).build();
        var text = cri.runtime().status(request).getInfoMap().getOrDefault("handlers", "[]");
        try (var parser = new JsonFactory().createParser(text)) {
            return new HandlerFeatures(parse(parser, handler));
        } catch (IOException e) {
            throw new IllegalStateException("info[handlers] of Status cannot be read: " + text, e);
        }
    }

    /** The published reason that a refusal cites, if it cites one. */
    Optional<String> citedBy(String refusal) {
        return missing.entrySet().stream()
                .filter(feature -> refusal.contains(feature.getValue()))
                .map(feature -> feature.getKey() + ": " + feature.getValue())
                .findFirst();
    }

    /** Why a feature is missing; empty if it is there. */
    Optional<String> whyMissing(String feature) {
        return Optional.ofNullable(missing.get(feature)).map(reason -> feature + ": " + reason);
    }

    /** A list of handlers, each with {@code name} and {@code features}: feature to {@code supported}, {@code reason}. */
    static Map<String, String> parse(JsonParser parser, String handler) throws IOException {
        Map<String, String> found = new HashMap<>();
        String name = "";
        Map<String, String> reasons = new HashMap<>();
        String[] path = new String[8];
        int depth = -1;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT -> depth++;
                case END_OBJECT -> {
                    depth--;
                    if (depth < 0) {
                        if (name.equals(handler)) {
                            found.putAll(reasons);
                        }
                        reasons.clear();
                    }
                }
                case FIELD_NAME -> path[depth] = parser.currentName();
                case VALUE_STRING -> {
                    if (depth == 0 && path[0].equals("name")) {
                        name = parser.getText();
                    } else if (depth == 2 && path[0].equals("features") && path[2].equals("reason")) {
                        reasons.put(path[1], parser.getText());
                    }
                }
                default -> {
                    // nothing that is looked for
                }
            }
        }
        return found;
    }
}
