package io.carafe.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengesTest {
    @Test
    void bearerWithCommasInQuotesIsOneChallenge() {
        assertThat(
                        Challenges.parse(
                                List.of(
                                        "Bearer realm=\"https://auth.example/token\",service=\"reg\",scope=\"repository:a/b:pull,push\"")))
                .containsExactly(new Challenge(
                        "bearer",
                        Map.of(
                                "realm",
                                "https://auth.example/token",
                                "service",
                                "reg",
                                "scope",
                                "repository:a/b:pull,push")));
    }

    @Test
    void severalChallengesInOneHeaderAreTaken() {
        assertThat(Challenges.parse(List.of("Basic realm=\"a\", BEARER Realm=\"https://t/\" , service=x")))
                .containsExactly(
                        new Challenge("basic", Map.of("realm", "a")),
                        new Challenge("bearer", Map.of("realm", "https://t/", "service", "x")));
    }

    @Test
    void severalHeadersAreTaken() {
        assertThat(Challenges.parse(List.of("Negotiate", "Basic realm=\"q\\\"uoted\"")))
                .containsExactly(
                        new Challenge("negotiate", Map.of()), new Challenge("basic", Map.of("realm", "q\"uoted")));
    }

    @Test
    void rubbishGivesNothing() {
        assertThat(Challenges.parse(List.of("", "=,=", "\"\""))).isEmpty();
    }
}
