package io.carafe.assembly.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Where log lines go. A reader that has gone away does not disturb the daemon. */
public final class LogOutput extends Handler {
    private final OutputStream out;
    /** Held, since the logging system lets go of a logger and its level as soon as nobody else holds it. */
    private final List<Logger> libraries = List.of(Logger.getLogger("io.netty"), Logger.getLogger("io.grpc"));

    /** @param out lines are written whole and in one piece */
    public LogOutput(OutputStream out) {
        this.out = out;
        setFormatter(new LogFormat());
        // netty warns of SO_KEEPALIVE, which a unix socket does not have, at each connection
        setFilter(event -> !"io.netty.bootstrap.ServerBootstrap".equals(event.getLoggerName())
                || event.getLevel().intValue() >= Level.SEVERE.intValue());
    }

    /** Makes this the only output of the process. */
    public void install(System.Logger.Level least) {
        Logger root = Logger.getLogger("");
        for (Handler other : root.getHandlers()) {
            root.removeHandler(other);
        }
        root.addHandler(this);
        level(least);
    }

    /** From now on {@code least} is the lowest level of ours that is logged. */
    public void level(System.Logger.Level least) {
        Logger.getLogger("")
                .setLevel(
                        switch (least) {
                            case ALL, TRACE, DEBUG -> Level.FINE;
                            case INFO -> Level.INFO;
                            case WARNING -> Level.WARNING;
                            case ERROR, OFF -> Level.SEVERE;
                        });
        Level theirs = least == System.Logger.Level.ERROR ? Level.SEVERE : Level.WARNING;
        libraries.forEach(logger -> logger.setLevel(theirs));
    }

    @Override
    public void publish(LogRecord event) {
        if (!isLoggable(event)) {
            return;
        }
        byte[] line = getFormatter().format(event).getBytes(StandardCharsets.UTF_8);
        try {
            out.write(line);
        } catch (IOException e) {
            // nowhere left to say it
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
