package io.carafe.conformance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;

/** One line of a container's log as the kubelet reads it: {@code TIME STREAM TAG TEXT}, tag P (partial) or F (full). */
public record LogLine(Instant at, String stream, String tag, String text) {
    static LogLine parse(String line) {
        var parts = line.split(" ", 4);
        if (parts.length < 4) {
            throw new AssertionError("not a CRI log line (time, stream, tag, text): '" + line + "'");
        }
        return new LogLine(OffsetDateTime.parse(parts[0]).toInstant(), parts[1], parts[2], parts[3]);
    }

    public static List<LogLine> read(Path file) {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(LogLine::parse).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The texts of one stream, one after another, partial lines joined. */
    public static String text(List<LogLine> lines, String stream) {
        return lines.stream()
                .filter(line -> line.stream().equals(stream))
                .map(line -> line.text() + (line.tag().equals("F") ? "\n" : ""))
                .collect(Collectors.joining());
    }
}
