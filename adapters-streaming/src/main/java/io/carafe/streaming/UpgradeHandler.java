package io.carafe.streaming;

import io.carafe.application.stream.StreamKind;
import io.carafe.application.stream.StreamRequest;
import io.carafe.application.stream.StreamSession;
import io.carafe.application.stream.StreamTicket;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The one HTTP request of a connection: checks it, uses its ticket up, and turns the connection into what the client wants. A
 * request that is refused before that leaves the ticket as it is.
 */
final class UpgradeHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final System.Logger LOG = System.getLogger(UpgradeHandler.class.getName());
    private static final Map<String, StreamKind> KINDS =
            Map.of("exec", StreamKind.EXEC, "attach", StreamKind.ATTACH, "portforward", StreamKind.PORT_FORWARD);

    private final StreamUseCases use;
    private final Streams streams;

    UpgradeHandler(StreamUseCases use, Streams streams) {
        this.use = use;
        this.streams = streams;
    }

    /** Where a client goes with a ticket. */
    static String path(StreamTicket ticket) {
        String kind = switch (ticket.kind()) {
            case EXEC -> "exec";
            case ATTACH -> "attach";
            case PORT_FORWARD -> "portforward";
        };
        return "/" + kind + "/" + ticket.token();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        try {
            if (!request.decoderResult().isSuccess()) {
                throw new Refusal(HttpResponseStatus.BAD_REQUEST, "this is no HTTP request");
            }
            var uri = new QueryStringDecoder(request.uri());
            StreamTicket ticket = ticket(uri.path());
            Upgrade upgrade = Upgrade.of(request, ticket.kind());
            StreamSession session = use.tickets()
                    .redeem(ticket)
                    .orElseThrow(
                            () -> new Refusal(
                                    HttpResponseStatus.NOT_FOUND,
                                    "there is no stream for this URL: each is good once and for a short time; ask for a new one"));
            boolean begun = false;
            try {
                begin(context, request, upgrade, session, uri);
                begun = true;
            } finally {
                if (!begun) {
                    session.close();
                }
            }
        } catch (Refusal refusal) {
            LOG.log(System.Logger.Level.DEBUG, "refused: {0}", refusal.getMessage());
            refusal.answer(context.channel());
        }
    }

    private static StreamTicket ticket(String path) throws Refusal {
        String[] parts = path.split("/", -1);
        StreamKind kind = parts.length == 3 && parts[0].isEmpty() ? KINDS.get(parts[1]) : null;
        if (kind == null) {
            throw new Refusal(
                    HttpResponseStatus.NOT_FOUND,
                    "there is nothing at this path; streams are at the URLs that CRI's Exec, Attach and PortForward answer");
        }
        return new StreamTicket(kind, parts[2]);
    }

    private void begin(
            ChannelHandlerContext context,
            FullHttpRequest request,
            Upgrade upgrade,
            StreamSession session,
            QueryStringDecoder uri)
            throws Refusal {
        var link = new ClientLink(context.channel(), upgrade::signOfLife);
        switch (session.request()) {
            case StreamRequest.Exec exec -> streams.command(link, request, upgrade, session, exec.streams());
            case StreamRequest.Attach attach -> streams.command(link, request, upgrade, session, attach.streams());
            case StreamRequest.PortForward forward -> {
                if (upgrade.equals(new Upgrade(Upgrade.Transport.WEBSOCKET, Upgrade.V4))) {
                    streams.forwardChannels(link, request, session, forward, ports(forward, uri));
                } else {
                    streams.forwardStreams(link, request, upgrade, session, forward);
                }
            }
        }
    }

    private static List<Integer> ports(StreamRequest.PortForward forward, QueryStringDecoder uri) throws Refusal {
        if (!forward.ports().isEmpty()) {
            return forward.ports();
        }
        List<Integer> ports = new ArrayList<>();
        for (String values : uri.parameters().getOrDefault("port", List.of())) {
            for (String value : values.split(",")) {
                ports.add(port(value));
            }
        }
        if (ports.isEmpty()) {
            throw new Refusal(
                    HttpResponseStatus.BAD_REQUEST,
                    "which port is meant? Name it in CRI's PortForward, or append ?port=NUMBER");
        }
        return ports;
    }

    private static int port(String text) throws Refusal {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            LOG.log(System.Logger.Level.DEBUG, "port {0}: {1}", text, e.getMessage());
        }
        throw new Refusal(HttpResponseStatus.BAD_REQUEST, "'" + text + "' is no TCP port");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.log(System.Logger.Level.DEBUG, "connection is given up: {0}", cause.toString());
        var _ = context.close();
    }
}
