package io.carafe.streaming;

import io.carafe.application.stream.ClientStreams;
import io.carafe.domain.process.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The streams of an exec or attach, whatever carries them; those that were not asked for are empty ones. */
final class CommandStreams implements ClientStreams {
    private final InputStream stdin;
    private final OutputStream stdout;
    private final OutputStream stderr;
    private final OutputStream error;
    private final InputStream resize;
    private final TerminalSizes sizes;

    CommandStreams(
            InputStream stdin, OutputStream stdout, OutputStream stderr, OutputStream error, InputStream resize) {
        this.stdin = stdin;
        this.stdout = stdout;
        this.stderr = stderr;
        this.error = error;
        this.resize = resize;
        this.sizes = new TerminalSizes(resize);
    }

    @Override
    public InputStream stdin() {
        return stdin;
    }

    @Override
    public OutputStream stdout() {
        return stdout;
    }

    @Override
    public OutputStream stderr() {
        return stderr;
    }

    @Override
    public Optional<TerminalSize> nextSize() throws InterruptedException {
        return sizes.next();
    }

    /** Says how it went and ends all streams; the client then knows everything. */
    void finish(String status) throws IOException {
        stdin.close();
        resize.close();
        error.write(status.getBytes(StandardCharsets.UTF_8));
        error.close();
        stdout.close();
        stderr.close();
    }
}
