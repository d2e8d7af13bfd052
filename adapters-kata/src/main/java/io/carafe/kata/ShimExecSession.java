package io.carafe.kata;

import io.carafe.domain.process.ExitStatus;
import io.carafe.linux.fifo.FifoWriter;
import io.carafe.ports.runtime.ExecSession;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A command with streams. */
final class ShimExecSession implements ExecSession {
    private final ShimExec exec;
    private final String attempted;
    private final InputStream stdout;
    private final InputStream stderr;
    private final OutputStream stdin;

    ShimExecSession(ShimExec exec, String attempted, InputStream stdout, InputStream stderr) {
        this.exec = exec;
        this.attempted = attempted;
        this.stdout = stdout;
        this.stderr = stderr;
        this.stdin = exec.stdin().<OutputStream>map(Input::new).orElseGet(OutputStream::nullOutputStream);
    }

    @Override
    public OutputStream stdin() {
        return stdin;
    }

    @Override
    public InputStream stdout() {
        return stdout;
    }

    @Override
    public InputStream stderr() {
        return stderr;
    }

    @Override
    public void resize(int width, int height) {
        exec.resize(width, height);
    }

    /** A shim that dies takes the code with it: {@link ExitStatus#UNKNOWN_CODE} would be a guess, so it is a failure. */
    @Override
    public int waitFor() throws InterruptedException {
        return ShimFault.during(attempted, exec::awaitExit).code();
    }

    @Override
    public void close() throws IOException {
        exec.close();
        stdout.close();
        stderr.close();
    }

    private final class Input extends FilterOutputStream {
        private final FifoWriter fifo;
        private final AtomicBoolean closed = new AtomicBoolean();

        Input(FifoWriter fifo) {
            super(fifo);
            this.fifo = fifo;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            fifo.write(bytes, offset, length);
        }

        @Override
        public void close() {
            try {
                if (closed.compareAndSet(false, true)) {
                    exec.endInput();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
