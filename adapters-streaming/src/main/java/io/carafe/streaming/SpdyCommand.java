package io.carafe.streaming;

import io.carafe.application.stream.StreamSet;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Waits for the streams of an exec or attach, each of which the client opens with its {@code streamtype}, and starts it then. */
final class SpdyCommand implements SpdyClient {
    private static final String STDIN = "stdin";
    private static final String STDOUT = "stdout";
    private static final String STDERR = "stderr";
    private static final String ERROR = "error";
    private static final String RESIZE = "resize";

    private final CommandSession session;
    private final Set<String> wanted = new HashSet<>();
    private final Map<String, SpdyStream> streams = new HashMap<>();

    SpdyCommand(CommandSession session, StreamSet set) {
        this.session = session;
        wanted.add(ERROR);
        want(STDIN, set.stdin());
        want(STDOUT, set.stdout());
        want(STDERR, set.stderr());
        want(RESIZE, set.tty());
    }

    private void want(String type, boolean asked) {
        if (asked) {
            wanted.add(type);
        }
    }

    @Override
    public boolean opened(SpdyStream stream) {
        String type = stream.header("streamtype");
        if (!wanted.contains(type) || streams.putIfAbsent(type, stream) != null) {
            return false;
        }
        if (streams.size() == wanted.size()) {
            session.start(new CommandStreams(in(STDIN), out(STDOUT), out(STDERR), out(ERROR), in(RESIZE)));
        }
        return true;
    }

    private InputStream in(String type) {
        SpdyStream stream = streams.get(type);
        return stream == null ? InputStream.nullInputStream() : stream.inbox();
    }

    private OutputStream out(String type) {
        SpdyStream stream = streams.get(type);
        return stream == null ? OutputStream.nullOutputStream() : stream.outbox();
    }

    boolean isComplete() {
        return streams.size() == wanted.size();
    }

    /** Its reader or writer has noticed. */
    @Override
    public void reset(SpdyStream stream) {}

    @Override
    public void gone() {
        session.gone();
    }

    @Override
    public void end(String why) {
        session.end(why);
    }
}
