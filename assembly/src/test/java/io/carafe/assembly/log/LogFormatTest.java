package io.carafe.assembly.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogFormatTest {
    private final LogFormat format = new LogFormat();

    @Test
    void lineHasTimeLevelLoggerAndMessage() {
        assertThat(format.format(event(Level.INFO, "pulled image={0} bytes={1}", "busybox", 1234567L)))
                .isEqualTo("2026-11-24T01:02:03.456Z info application.PullImage pulled image=busybox bytes=1234567\n");
    }

    @Test
    void valuesWithBlanksAreQuotedAndStayOnOneLine() {
        assertThat(format.format(event(Level.WARNING, "it's {0} name={1} {7}", "so\nlong", "a \"b\"\nc")))
                .endsWith(" warn application.PullImage it's so\\nlong name=\"a \\\"b\\\"\\nc\" {7}\n");
    }

    @Test
    void causesAreNamedAndOnlyErrorsHaveFrames() {
        var thrown = new IllegalStateException("outer", new IllegalArgumentException("inner"));
        LogRecord warning = event(Level.WARNING, "no luck");
        warning.setThrown(thrown);
        LogRecord error = event(Level.SEVERE, "no luck");
        error.setThrown(thrown);

        assertThat(format.format(warning))
                .endsWith(" error=\"IllegalStateException: outer; because of IllegalArgumentException: inner\"\n")
                .hasLineCount(1);
        assertThat(format.format(error)).contains("\n        at io.carafe.assembly.log.LogFormatTest");
    }

    @Test
    void taskIsNamedByItsVirtualThread() {
        Thread virtual = Thread.ofVirtual().name("RunPodSandbox 4f2a").unstarted(() -> {});

        assertThat(new LogFormat(() -> virtual).format(event(Level.FINE, "x")))
                .endsWith(" debug application.PullImage x task=\"RunPodSandbox 4f2a\"\n");
    }

    private static LogRecord event(Level level, String message, Object... arguments) {
        var event = new LogRecord(level, message);
        event.setLoggerName("io.carafe.application.PullImage");
        event.setInstant(Instant.parse("2026-11-24T01:02:03.456789Z"));
        event.setParameters(arguments);
        return event;
    }
}
