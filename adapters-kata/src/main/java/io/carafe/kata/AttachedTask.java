package io.carafe.kata;

import io.carafe.linux.fifo.FifoWriter;
import io.carafe.ports.runtime.AttachedStreams;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** A client of a container's streams. */
final class AttachedTask implements AttachedStreams {
    private final ShimTools tools;
    private final PodShims shims;
    private final ShimTask task;
    private final TaskTrace trace;
    private final InputStream stdout;
    private final InputStream stderr;
    private final OutputStream stdin;

    AttachedTask(ShimTools tools, PodShims shims, ShimTask task, TaskTrace trace, TaskStreams streams) {
        this.tools = tools;
        this.shims = shims;
        this.task = task;
        this.trace = trace;
        this.stdout = streams.joinStdout();
        this.stderr = streams.joinStderr();
        this.stdin = streams.stdin().<OutputStream>map(Input::new).orElseGet(OutputStream::nullOutputStream);
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
        if (trace.terminal()) {
            resize(tools, shims, trace.sandbox(), task.id(), "", width, height);
        }
    }

    static void resize(ShimTools tools, PodShims shims, String sandbox, String id, String exec, int width, int height) {
        try {
            ShimFault.doing(
                    "resize terminal to " + width + "x" + height,
                    () -> shims.client(sandbox).resize(id, exec, width, height));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        stdout.close();
        stderr.close();
        stdin.close();
    }

    /** Where the input is for one client only, that client's end is the container's; else the next one goes on. */
    private final class Input extends FilterOutputStream {
        private final FifoWriter fifo;

        Input(FifoWriter fifo) {
            super(fifo);
            this.fifo = fifo;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            fifo.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (trace.inputOnce()) {
                try {
                    endInput();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private void endInput() throws IOException, InterruptedException {
            try {
                Files.writeString(task.file("stdin.ended"), "", StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException e) {
                return;
            }
            // whoever could still write goes first: some shims answer only when they have read to the end
            fifo.close();
            tools.holder().letGoOfInput(task.id());
            ShimFault.doing(
                    "end the input of " + task,
                    () -> shims.client(trace.sandbox()).closeStdin(task.id(), ""));
        }
    }
}
