package io.carafe.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesTest {
    @Test
    void retryAfterIsSecondsOrADate() {
        Instant now = Instant.parse("2026-11-24T10:00:00Z");
        assertThat(Responses.retryAfter("120", now)).contains(Duration.ofMinutes(2));
        assertThat(Responses.retryAfter("Tue, 24 Nov 2026 10:00:30 GMT", now)).contains(Duration.ofSeconds(30));
        assertThat(Responses.retryAfter("Tue, 24 Nov 2026 09:00:30 GMT", now)).isEmpty();
        assertThat(Responses.retryAfter("soon", now)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no access\"}]} | DENIED: no access",
                "{\"error\":\"invalid_grant\",\"error_description\":\"too old\"} | invalid_grant: too old",
                "{\"errors\":[{\"code\":\"X\",\"message\":\"a\\nb\"}]} | X: a b",
                "{} | ''",
                "<html> | ''",
                "[] | ''",
            })
    void errorsAreExplainedOnOneLine(String body, String text) {
        assertThat(ErrorBody.explain(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    }

    @Test
    void longErrorsAreCut() {
        String body = "{\"error\":\"" + "x".repeat(1000) + "\"}";
        assertThat(ErrorBody.explain(body.getBytes(StandardCharsets.UTF_8))).hasSize(201);
    }
}
