package io.carafe.registry.http;

import java.time.Duration;
import java.util.Optional;

/** Why one host did not give what it was asked for. Never leaves this module: it becomes a part of a Fault's message. */
public final class HostFailure extends Exception {
    /** What follows from it, for the host and for the whole request. */
    public enum Kind {
        /** No connection, or silence on it. */
        UNREACHABLE,
        /** 5xx or 429: it may work later. */
        BUSY,
        /** It wants other credentials than it got. */
        DENIED,
        NOT_FOUND,
        /** The answer is not what its digest, its size or its format says. */
        CORRUPT,
        /** It is what it says, but we do not read that. */
        UNSUPPORTED,
        /** Any other refusal. */
        REFUSED
    }

    private final Kind kind;
    private final boolean passing;
    private final Optional<Duration> retryAfter;

    private HostFailure(Kind kind, boolean passing, Optional<Duration> retryAfter, String message) {
        super(message);
        this.kind = kind;
        this.passing = passing;
        this.retryAfter = retryAfter;
    }

    public static HostFailure lasting(Kind kind, String message) {
        return new HostFailure(kind, false, Optional.empty(), message);
    }

    public static HostFailure passing(Kind kind, String message) {
        return new HostFailure(kind, true, Optional.empty(), message);
    }

    public static HostFailure busy(String message, Optional<Duration> retryAfter) {
        return new HostFailure(Kind.BUSY, true, retryAfter, message);
    }

    /** The same, told of another server that the host sent us to. */
    public HostFailure at(String server) {
        return new HostFailure(kind, passing, retryAfter, server + " answered " + text()).causedBy(this);
    }

    public HostFailure causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same request may well succeed in a moment. */
    public boolean isPassing() {
        return passing;
    }

    /** How long the host asked us to wait. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
