package io.carafe.assembly.log;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One event, one line; only the stack of an error follows, indented.
 *
 * <p>{@code {0}} stands for the first argument as {@code String.valueOf} says it (no digit grouping, no quotes to double, other
 * than java.text.MessageFormat); after a {@code =} it is quoted where a reader of key=value needs that.
 */
public final class LogFormat extends Formatter {
    private static final Pattern PLACE = Pattern.compile("(=?)\\{(\\d)\\}");
    private static final Pattern PLAIN = Pattern.compile("[^\\s\"=]+");
    private static final String OURS = "io.carafe.";

    private final Supplier<Thread> thread;

    public LogFormat() {
        this(Thread::currentThread);
    }

    /** @param thread the one that logs */
    LogFormat(Supplier<Thread> thread) {
        this.thread = thread;
    }

    @Override
    public String format(LogRecord event) {
        var line = new StringBuilder()
                .append(event.getInstant().truncatedTo(ChronoUnit.MILLIS))
                .append(' ')
                .append(level(event.getLevel()))
                .append(' ')
                .append(logger(event))
                .append(' ')
                .append(oneLine(filled(event)));
        if (thread.get().isVirtual() && !thread.get().getName().isEmpty()) {
            line.append(" task=").append(quoted(thread.get().getName()));
        }
        Optional.ofNullable(event.getThrown()).ifPresent(thrown -> {
            line.append(" error=").append(quoted(chain(thrown)));
            if (event.getLevel().intValue() >= Level.SEVERE.intValue()) {
                frames(line, thrown);
            }
        });
        return line.append('\n').toString();
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warn";
        }
        return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
    }

    /** Ours without the first part that all share, others as they are. */
    private static String logger(LogRecord event) {
        String name = Optional.ofNullable(event.getLoggerName()).orElse("");
        return name.startsWith(OURS) ? name.substring(OURS.length()) : name.isEmpty() ? "-" : name;
    }

    private static String filled(LogRecord event) {
        String message = Optional.ofNullable(event.getMessage()).orElse("");
        Object[] arguments = Optional.ofNullable(event.getParameters()).orElseGet(() -> new Object[0]);
        return PLACE.matcher(message).replaceAll(place -> {
            int index = Integer.parseInt(place.group(2));
            if (index >= arguments.length) {
                return Matcher.quoteReplacement(place.group());
            }
            String text = String.valueOf(arguments[index]);
            return Matcher.quoteReplacement(place.group(1).isEmpty() ? text : "=" + quoted(text));
        });
    }

    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : '"' + oneLine(text.replace("\"", "\\\"")) + '"';
    }

    private static String oneLine(String text) {
        return text.strip().replace("\r", "").replace("\n", "\\n");
    }

    private static String chain(Throwable thrown) {
        var text = new StringBuilder(name(thrown));
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            text.append("; because of ").append(name(cause));
        }
        return text.toString();
    }

    private static String name(Throwable thrown) {
        return thrown.getClass().getSimpleName()
                + Optional.ofNullable(thrown.getMessage()).map(": "::concat).orElse("");
    }

    private static void frames(StringBuilder line, Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            line.append(String.format(Locale.ROOT, "%n    %s", at.getClass().getName()));
            for (StackTraceElement frame : at.getStackTrace()) {
                line.append(String.format(Locale.ROOT, "%n        at %s", frame));
            }
        }
    }
}
