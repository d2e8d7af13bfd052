package io.carafe.oci.stdio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/**
 * A container's log as the kubelet reads it: {@code TIME stdout F text}, where P in place of F says that the line goes on.
 *
 * <p>What is handed over is written at once, an unfinished line as P, so that nothing is kept in memory that a crash could lose.
 * Concurrency: safe. Source: the kubelet's log format, kubernetes/pkg/kubelet/kuberuntime/logs.
 */
public final class CriLog implements AutoCloseable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnnxxx").withZone(ZoneOffset.UTC);

    private final Path path;
    private final InstantSource clock;
    private FileChannel file;

    private CriLog(Path path, InstantSource clock, FileChannel file) {
        this.path = path;
        this.clock = clock;
        this.file = file;
    }

    /** Opens for appending; the file is made if it is not there, its directory is there. */
    public static CriLog open(Path path, InstantSource clock) throws IOException {
        return new CriLog(path, clock, append(path));
    }

    /** Appends what a stream ("stdout" or "stderr") brought. */
    public synchronized void write(String stream, byte[] bytes) throws IOException {
        ByteBuffer lines = ByteBuffer.wrap(lines(stream, bytes, clock.instant()));
        while (lines.hasRemaining()) {
            file.write(lines);
        }
    }

    /** Writes to the file that is at the path now, and makes it if there is none; when it returns, the old one is written no more. */
    public synchronized void reopen() throws IOException {
        FileChannel fresh = append(path);
        file.close();
        file = fresh;
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }

    static byte[] lines(String stream, byte[] bytes, Instant now) {
        byte[] start = (TIME.format(now) + " " + stream + " ").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream lines = new ByteArrayOutputStream(bytes.length + 4 * start.length);
        for (int at = 0; at < bytes.length; ) {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            lines.writeBytes(start);
            lines.write(end < bytes.length ? 'F' : 'P');
            lines.write(' ');
            lines.write(bytes, at, end - at);
            lines.write('\n');
            at = end + 1;
        }
        return lines.toByteArray();
    }

    private static FileChannel append(Path path) throws IOException {
        return FileChannel.open(
                path,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND, StandardOpenOption.CREATE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
    }
}
