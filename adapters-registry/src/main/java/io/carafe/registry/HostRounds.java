package io.carafe.registry;

import io.carafe.domain.fault.Fault;
import io.carafe.registry.auth.Credentials;
import io.carafe.registry.hosts.RegistryHost;
import io.carafe.registry.http.HostFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Asks hosts one after the other until one gives what is wanted, and all of them again after a pause while that makes sense.
 * A host that is down costs one connection before the next is asked, not a series of retries.
 *
 * <p>The last host is the registry itself (mirrors stand before it), so what it says decides the kind of the Fault; the
 * message has what every host said.
 */
final class HostRounds {
    /** Kubelet looks for it at the start of the message. Source: k8s.io/cri-api/pkg/errors ErrRegistryUnavailable. */
    static final String REGISTRY_UNAVAILABLE = "RegistryUnavailable";

    private final Retries retries;
    private final InstantSource clock;

    HostRounds(Retries retries, InstantSource clock) {
        this.retries = retries;
        this.clock = clock;
    }

    @FunctionalInterface
    interface Question<T> {
        T ask(RegistryHost host) throws HostFailure, InterruptedException;
    }

    private record Answer(RegistryHost host, HostFailure failure) {}

    /**
     * @param action such as "pull manifest docker.io/library/busybox:1", for the message
     * @throws Fault if no host gives it
     */
    <T> T first(String action, Pull pull, List<RegistryHost> hosts, Question<T> question) throws InterruptedException {
        if (hosts.isEmpty()) {
            throw new Fault.WrongState(action + ": no host of registry "
                    + pull.reference().registry() + " may do this; see capabilities in its hosts.toml");
        }
        Instant start = clock.instant();
        for (int round = 0; ; round++) {
            List<Answer> answers = new ArrayList<>();
            for (RegistryHost host : hosts) {
                try {
                    return question.ask(host);
                } catch (HostFailure failure) {
                    answers.add(new Answer(host, failure));
                }
            }
            Optional<Duration> pause = pause(round, answers, start);
            if (pause.isEmpty()) {
                throw fault(action, pull, answers, round + 1);
            }
            TimeUnit.NANOSECONDS.sleep(pause.get().toNanos());
        }
    }

    /** Waits before what has failed {@code failures} times in a row is tried again. */
    void rest(int failures) throws InterruptedException {
        if (failures > 0) {
            TimeUnit.NANOSECONDS.sleep(retries.pause(failures - 1).toNanos());
        }
    }

    /** How long to wait for the next round; empty for no other round. */
    private Optional<Duration> pause(int round, List<Answer> answers, Instant start) {
        Duration spent = Duration.between(start, clock.instant());
        boolean more = answers.getLast().failure().isPassing() && round + 1 < retries.rounds();
        Duration asked = answers.stream()
                .filter(answer -> answer.failure().isPassing())
                .flatMap(answer -> answer.failure().retryAfter().stream())
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        Duration pause = asked.compareTo(retries.pause(round)) > 0 ? asked : retries.pause(round);
        return Optional.of(pause)
                .filter(p -> more
                        && p.compareTo(retries.longestPause()) <= 0
                        && spent.plus(p).compareTo(retries.longestTotal()) <= 0);
    }

    private static Fault fault(String action, Pull pull, List<Answer> answers, int rounds) {
        HostFailure last = answers.getLast().failure();
        String said = answers.stream()
                .map(answer -> answer.host() + " said: " + answer.failure().text() + wait(answer.failure()))
                .collect(Collectors.joining("; "));
        String text = Credentials.withoutSecrets(
                action + ": " + said + (rounds > 1 ? " (asked " + rounds + " times)" : ""), pull.auth());
        return switch (last.kind()) {
            case UNREACHABLE, BUSY -> new Fault.Unavailable(REGISTRY_UNAVAILABLE + ": " + text, last);
            case REFUSED -> new Fault.Unavailable(text, last);
            case DENIED -> new Fault.Denied(text);
            case NOT_FOUND -> new Fault.NotFound(text);
            case CORRUPT -> new Fault.Corrupt(text, last);
            case UNSUPPORTED -> new Fault.Unsupported(text);
        };
    }

    private static String wait(HostFailure failure) {
        return failure.retryAfter()
                .map(d -> ", try again in " + d.toSeconds() + " s")
                .orElse("");
    }
}
