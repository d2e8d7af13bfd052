package io.carafe.cli.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * A container's log on this host, in the kubelet's format: {@code TIME STREAM TAG TEXT} a line, tag P where the text goes on in
 * the next line of the stream. What it says goes to the streams that it was said on.
 */
public final class LogFile {
    private static final long STEP_MILLIS = 100;

    private final Path file;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean times;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private boolean outContinues;
    private boolean errContinues;

    /** {@code times}: each line with its time in front. */
    public LogFile(Path file, Console console, boolean times) {
        this.file = file;
        this.out = console.out();
        this.err = console.err();
        this.times = times;
    }

    /** Prints what is there; only the last {@code tail} lines. */
    public void print(int tail) throws IOException {
        try (var channel = Files.newByteChannel(file)) {
            read(channel, tail);
        }
        flush();
    }

    /** Prints what is there and what is added, also after a rotation, until {@code ended} holds and all is read. */
    public void follow(int tail, BooleanSupplier ended) throws IOException, InterruptedException {
        int lines = tail;
        while (true) {
            try (var channel = Files.newByteChannel(file)) {
                var opened = key();
                while (true) {
                    // Asked before the last look at the file: what was written before the end is read after it.
                    boolean over = ended.getAsBoolean();
                    read(channel, lines);
                    lines = Integer.MAX_VALUE;
                    flush();
                    if (over) {
                        return;
                    }
                    if (!opened.equals(key())) {
                        read(channel, lines);
                        break;
                    }
                    Thread.sleep(STEP_MILLIS);
                }
            } catch (NoSuchFileException e) {
                if (ended.getAsBoolean()) {
                    return;
                }
                Thread.sleep(STEP_MILLIS);
            }
        }
    }

    /** What tells this file from the next one of its name. */
    private Object key() throws IOException {
        try {
            return Objects.requireNonNullElse(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey(), file);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private void read(SeekableByteChannel channel, int tail) throws IOException {
        var buffer = ByteBuffer.allocate(1 << 16);
        Deque<byte[]> kept = new ArrayDeque<>();
        while (channel.read(buffer) > 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                byte next = buffer.get();
                if (next != '\n') {
                    rest.write(next);
                } else {
                    kept.addLast(rest.toByteArray());
                    rest.reset();
                    if (tail == Integer.MAX_VALUE) {
                        print(kept.removeFirst());
                    } else if (kept.size() > tail) {
                        kept.removeFirst();
                    }
                }
            }
            buffer.clear();
        }
        kept.forEach(this::print);
    }

    private void print(byte[] line) {
        int time = space(line, 0);
        int stream = time < 0 ? -1 : space(line, time + 1);
        int tag = stream < 0 ? -1 : space(line, stream + 1);
        if (tag < 0) {
            out.write(line, 0, line.length);
            out.write('\n');
            return;
        }
        boolean isErr = new String(line, time + 1, stream - time - 1, UTF_8).equals("stderr");
        boolean partial = line[stream + 1] == 'P';
        var target = isErr ? err : out;
        if (times && !(isErr ? errContinues : outContinues)) {
            target.write(line, 0, time + 1);
        }
        target.write(line, tag + 1, line.length - tag - 1);
        if (!partial) {
            target.write('\n');
        }
        if (isErr) {
            errContinues = partial;
        } else {
            outContinues = partial;
        }
    }

    private static int space(byte[] line, int from) {
        for (int i = from; i < line.length; i++) {
            if (line[i] == ' ') {
                return i;
            }
        }
        return -1;
    }

    private void flush() {
        out.flush();
        err.flush();
    }
}
