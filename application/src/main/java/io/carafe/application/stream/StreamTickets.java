package io.carafe.application.stream;

import io.carafe.application.inventory.Ids;
import io.carafe.domain.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tickets for streams: each is good once and for a while. The number in flight, tickets that wait and sessions that were opened
 * with one, is bounded, so that nobody can fill the daemon with either.
 *
 * <p>Concurrency: safe; no call waits.
 */
public final class StreamTickets {
    private record Waiting(StreamRequest request, Instant expires) {}

    private final InstantSource clock;
    private final Duration lifetime;
    private final int limit;
    private final Ids ids;
    /** In the order of their ends, which is that of their making. Guarded by this, as all below. */
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    private int open;

    /** @param limit of waiting tickets and open sessions together */
    public StreamTickets(InstantSource clock, Duration lifetime, int limit, Ids ids) {
        this.clock = clock;
        this.lifetime = lifetime;
        this.limit = limit;
        this.ids = ids;
    }

    /** @throws Fault.Exhausted if too many streams are in flight */
    public synchronized StreamTicket issue(StreamRequest request) {
        dropExpired();
        if (waiting.size() + open >= limit) {
            throw new Fault.Exhausted("open a stream for " + request.kind() + ": " + open + " streams are open and "
                    + waiting.size() + " are about to be, and " + limit
                    + " is the most; end some, or raise max_in_flight in [streaming] of the configuration");
        }
        String token = ids.next();
        waiting.put(token, new Waiting(request, clock.instant().plus(lifetime)));
        return new StreamTicket(request.kind(), token);
    }

    /** Uses the ticket up; empty if there is none such, for this kind, or not any more. The caller must close the session. */
    public synchronized Optional<StreamSession> redeem(StreamTicket ticket) {
        dropExpired();
        Waiting found = waiting.get(ticket.token());
        if (found == null || found.request().kind() != ticket.kind()) {
            return Optional.empty();
        }
        waiting.remove(ticket.token());
        open++;
        var released = new AtomicBoolean();
        return Optional.of(new StreamSession(found.request(), () -> {
            if (released.compareAndSet(false, true)) {
                leave();
            }
        }));
    }

    private synchronized void leave() {
        open--;
    }

    private void dropExpired() {
        Instant now = clock.instant();
        var all = waiting.values().iterator();
        while (all.hasNext() && !all.next().expires().isAfter(now)) {
            all.remove();
        }
    }
}
