package io.carafe.registry.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads WWW-Authenticate, which may hold several challenges in one header or in many. Source: RFC 9110 section 11.6.1. */
final class Challenges {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /** A parameter, or the name of a scheme: that is a token with no '=' after it. Token68 values are passed over. */
    private static final Pattern PIECE =
            Pattern.compile("[\\s,]*(?:(?<name>" + TOKEN + ")\\s*=\\s*(?:\"(?<quoted>(?:[^\"\\\\]|\\\\.)*)\"|(?<plain>"
                    + TOKEN + "))|(?<scheme>" + TOKEN + ")(?=[\\s,]|$))");

    private Challenges() {}

    static List<Challenge> parse(List<String> headers) {
        List<Challenge> challenges = new ArrayList<>();
        headers.forEach(header -> parse(header, challenges));
        return List.copyOf(challenges);
    }

    private static void parse(String header, List<Challenge> challenges) {
        String scheme = "";
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher piece = PIECE.matcher(header);
        while (piece.find()) {
            if (piece.group("scheme") != null) {
                add(challenges, scheme, parameters);
                scheme = piece.group("scheme").toLowerCase(Locale.ROOT);
                parameters = new LinkedHashMap<>();
            } else {
                String value = piece.group("quoted") == null
                        ? piece.group("plain")
                        : piece.group("quoted").replaceAll("\\\\(.)", "$1");
                parameters.put(piece.group("name").toLowerCase(Locale.ROOT), value);
            }
        }
        add(challenges, scheme, parameters);
    }

    private static void add(List<Challenge> challenges, String scheme, Map<String, String> parameters) {
        if (!scheme.isEmpty()) {
            challenges.add(new Challenge(scheme, parameters));
        }
    }
}
