package io.carafe.application.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.inventory.Ids;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodSandboxId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamTicketsTest {
    private static final StreamRequest REQUEST =
            new StreamRequest.PortForward(new PodSandboxId("5a".repeat(32)), List.of(80));

    private Instant now = Instant.ofEpochSecond(1_700_000_000L);
    private final StreamTickets tickets = new StreamTickets(() -> now, Duration.ofMinutes(1), 2, new Ids());

    @Test
    void ticketIsGoodOnce() {
        StreamTicket ticket = tickets.issue(REQUEST);
        assertThat(tickets.redeem(ticket)).map(StreamSession::request).contains(REQUEST);
        assertThat(tickets.redeem(ticket)).isEmpty();
    }

    @Test
    void ticketIsGoodForItsKindOnlyAndStaysSo() {
        StreamTicket ticket = tickets.issue(REQUEST);
        assertThat(tickets.redeem(new StreamTicket(StreamKind.EXEC, ticket.token())))
                .isEmpty();
        assertThat(tickets.redeem(ticket)).isPresent();
    }

    @Test
    void ticketExpires() {
        StreamTicket ticket = tickets.issue(REQUEST);
        now = now.plus(Duration.ofMinutes(1)).minusNanos(1);
        StreamTicket later = tickets.issue(REQUEST);
        now = now.plusNanos(1);
        assertThat(tickets.redeem(ticket)).isEmpty();
        assertThat(tickets.redeem(later)).isPresent();
    }

    @Test
    void tokensCannotBeGuessedAndAreNotShown() {
        StreamTicket ticket = tickets.issue(REQUEST);
        assertThat(ticket.token()).matches("[0-9a-f]{64}");
        assertThat(ticket.toString()).doesNotContain(ticket.token());
    }

    @Test
    void waitingTicketsAndOpenSessionsAreBoundedTogether() {
        StreamSession open = tickets.redeem(tickets.issue(REQUEST)).orElseThrow();
        tickets.issue(REQUEST);
        assertThatThrownBy(() -> tickets.issue(REQUEST))
                .isInstanceOf(Fault.Exhausted.class)
                .hasMessageContaining("1 streams are open and 1 are about to be");
        open.close();
        open.close();
        tickets.issue(REQUEST);
        assertThatThrownBy(() -> tickets.issue(REQUEST)).isInstanceOf(Fault.Exhausted.class);
        now = now.plus(Duration.ofMinutes(1));
        assertThat(tickets.issue(REQUEST)).isNotNull();
    }
}
