package io.carafe.registry.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Small answers, read whole. */
public final class Responses {
    private static final int MOST_OF_AN_ERROR = 16 * 1024;

    private Responses() {}

    /** Reads a body of at most {@code limit} bytes, and closes it. */
    public static byte[] body(HttpResponse<InputStream> response, int limit) throws HostFailure, InterruptedException {
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw HostFailure.lasting(
                        HostFailure.Kind.CORRUPT, "its answer is larger than the " + limit + " bytes that are allowed");
            }
            return bytes;
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while reading an answer");
            }
            throw HostFailure.passing(HostFailure.Kind.UNREACHABLE, NetworkFailure.describe(e))
                    .causedBy(e);
        }
    }

    /** What an answer that is not a success means. Reads and closes its body. */
    public static HostFailure refusal(HttpResponse<InputStream> response, Instant now) throws InterruptedException {
        int status = response.statusCode();
        String text = status + reason(response);
        return switch (status) {
            case 401, 403 -> HostFailure.lasting(HostFailure.Kind.DENIED, text);
            case 404 -> HostFailure.lasting(HostFailure.Kind.NOT_FOUND, text);
            case 408, 429 -> HostFailure.busy(text, retryAfter(response, now));
            default ->
                status >= 500
                        ? HostFailure.busy(text, retryAfter(response, now))
                        : HostFailure.lasting(HostFailure.Kind.REFUSED, text);
        };
    }

    /** Reads what is left, so that the connection can be used again, and closes it. */
    public static void discard(HttpResponse<InputStream> response) throws InterruptedException {
        reason(response);
    }

    /** Ends an answer that nobody wants to read, and its connection. */
    public static void giveUp(HttpResponse<InputStream> response) {
        RegistryHttp.closeQuietly(response.body());
    }

    private static String reason(HttpResponse<InputStream> response) throws InterruptedException {
        try (InputStream body = response.body()) {
            String text = ErrorBody.explain(body.readNBytes(MOST_OF_AN_ERROR));
            return text.isEmpty() ? "" : " " + text;
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while reading an answer");
            }
            return ""; // the status says enough
        }
    }

    /** Seconds, or a date. Source: RFC 9110 section 10.2.3. */
    static Optional<Duration> retryAfter(HttpResponse<?> response, Instant now) {
        return response.headers().firstValue("Retry-After").flatMap(value -> retryAfter(value, now));
    }

    static Optional<Duration> retryAfter(String value, Instant now) {
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, until)).filter(Duration::isPositive);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
