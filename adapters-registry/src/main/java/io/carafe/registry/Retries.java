package io.carafe.registry;

import java.time.Duration;

/**
 * How often and how fast a request is tried again.
 *
 * @param rounds how often all hosts are asked
 * @param first pause after the first round; doubled after each
 * @param longestPause also for what a host asks for in Retry-After: beyond it we give up at once
 * @param longestTotal after it no further round begins
 */
record Retries(int rounds, Duration first, Duration longestPause, Duration longestTotal) {
    static final Retries DEFAULT =
            new Retries(5, Duration.ofMillis(200), Duration.ofSeconds(20), Duration.ofSeconds(60));

    Duration pause(int round) {
        Duration doubled = first.multipliedBy(1L << Math.min(round, 16));
        return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    }
}
