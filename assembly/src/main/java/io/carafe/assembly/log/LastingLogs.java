package io.carafe.assembly.log;

import java.util.logging.LogManager;

/**
 * The JVM's log manager without two habits: it does not take the handlers away as soon as the JVM is asked to end, while we still
 * have things to say, and it reads no configuration of its own. The launcher names it in {@code java.util.logging.manager}.
 */
public final class LastingLogs extends LogManager {
    @Override
    public void reset() {}

    @Override
    public void readConfiguration() {}
}
