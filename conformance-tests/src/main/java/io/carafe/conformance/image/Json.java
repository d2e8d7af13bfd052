package io.carafe.conformance.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** As much JSON as image manifests and configurations need; a {@link Raw} is text that is JSON already. */
final class Json {
    record Raw(String text) {}

    private Json() {}

    /** An object of alternating keys and values; values as {@link #value} takes them. */
    static String object(Object... keysAndValues) {
        var members = new ArrayList<String>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            members.add(value(keysAndValues[i]) + ":" + value(keysAndValues[i + 1]));
        }
        return "{" + String.join(",", members) + "}";
    }

    static String value(Object value) {
        return switch (value) {
            case Raw raw -> raw.text();
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            case List<?> list ->
                "[" + String.join(",", list.stream().map(Json::value).toList()) + "]";
            case Map<?, ?> map ->
                "{"
                        + String.join(
                                ",",
                                map.entrySet().stream()
                                        .map(e -> value(e.getKey()) + ":" + value(e.getValue()))
                                        .toList())
                        + "}";
            default -> quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
