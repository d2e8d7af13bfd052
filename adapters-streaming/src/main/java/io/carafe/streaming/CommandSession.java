package io.carafe.streaming;

import io.carafe.application.stream.StreamRequest;
import io.carafe.application.stream.StreamSession;
import io.carafe.domain.fault.Fault;
import java.io.IOException;
import java.util.Optional;

/**
 * An exec or attach: runs from the moment its streams are there until it has told the client how it went. A client that goes ends
 * it at once.
 */
final class CommandSession implements Client {
    private static final System.Logger LOG = System.getLogger(CommandSession.class.getName());

    private final StreamUseCases use;
    private final StreamSession ticket;
    private final ClientLink link;
    private final Sessions sessions;
    private final Runnable farewell;
    private volatile String cause = "the daemon is ending";
    /** Of the loop. */
    private Optional<Thread> thread = Optional.empty();

    /** @param farewell sends what the protocol wants said at the very end */
    CommandSession(StreamUseCases use, StreamSession ticket, ClientLink link, Sessions sessions, Runnable farewell) {
        this.use = use;
        this.ticket = ticket;
        this.link = link;
        this.sessions = sessions;
        this.farewell = farewell;
    }

    void start(CommandStreams client) {
        thread = Optional.of(sessions.start(ticket.request().kind() + " session", () -> run(client)));
    }

    @Override
    public void gone() {
        thread.ifPresentOrElse(Thread::interrupt, ticket::close);
    }

    @Override
    public void end(String why) {
        cause = why;
        thread.ifPresent(Thread::interrupt);
        link.closeSoon();
    }

    private void run(CommandStreams client) {
        try (ticket) {
            String status = outcome(client);
            // an interrupt that came late is for the work, which has ended, and not for the last word
            boolean _ = Thread.interrupted();
            if (link.isOpen()) {
                client.finish(status);
                farewell.run();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", ticket.request(), e.getMessage());
        } finally {
            link.finish();
        }
    }

    private String outcome(CommandStreams client) {
        try {
            return switch (ticket.request()) {
                case StreamRequest.Exec exec -> RemoteStatus.exit(use.exec().run(exec, client));
                case StreamRequest.Attach attach -> {
                    use.attach().run(attach, client);
                    yield RemoteStatus.success();
                }
                case StreamRequest.PortForward _ -> throw new IllegalStateException("a port is no command");
            };
        } catch (Fault e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", ticket.request().kind(), e.getMessage());
            return RemoteStatus.failure(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            return RemoteStatus.failure(cause);
        }
    }
}
