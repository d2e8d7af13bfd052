package io.carafe.streaming;

import io.carafe.application.sandbox.PortForward;
import io.carafe.application.stream.StreamRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Port-forward over SPDY: for each connection the client opens an error and a data stream, which have the same {@code requestid}
 * and name the port.
 */
final class SpdyForwards implements SpdyClient {
    private static final int LAST_PORT = 65_535;

    private final PortForward use;
    private final StreamRequest.PortForward request;
    private final Forwards forwards;
    /** The first stream of each pair whose second is missing, by the pair's id. */
    private final Map<String, SpdyStream> halves = new HashMap<>();

    SpdyForwards(PortForward use, StreamRequest.PortForward request, Forwards forwards) {
        this.use = use;
        this.request = request;
        this.forwards = forwards;
    }

    @Override
    public boolean opened(SpdyStream stream) {
        Optional<Integer> port = port(stream);
        if (port.isEmpty() || !(isData(stream) || stream.header("streamtype").equals("error"))) {
            return false;
        }
        String pair = pair(stream);
        SpdyStream other = halves.remove(pair);
        if (other == null) {
            halves.put(pair, stream);
            return true;
        }
        if (isData(other) == isData(stream)) {
            halves.put(pair, other);
            return false;
        }
        SpdyStream data = isData(stream) ? stream : other;
        SpdyStream error = isData(stream) ? other : stream;
        forwards.start(
                data.id(),
                new ForwardedConnection(use, request, port.get(), data.inbox(), data.outbox(), error.outbox()),
                error.inbox()::close);
        return true;
    }

    private static boolean isData(SpdyStream stream) {
        return stream.header("streamtype").equals("data");
    }

    private static Optional<Integer> port(SpdyStream stream) {
        try {
            return Optional.of(Integer.parseInt(stream.header("port"))).filter(port -> port > 0 && port <= LAST_PORT);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Very old clients give none, but open the data stream right behind the error stream. */
    private static String pair(SpdyStream stream) {
        String id = stream.header("requestid");
        if (!id.isEmpty()) {
            return id;
        }
        return "streams of " + (isData(stream) ? stream.id() - 2 : stream.id());
    }

    @Override
    public void reset(SpdyStream stream) {
        if (isData(stream)) {
            forwards.giveUp(stream.id());
        }
        halves.values().remove(stream);
    }

    @Override
    public void gone() {
        forwards.gone();
    }

    @Override
    public void end(String why) {
        forwards.end(why);
    }
}
