package io.carafe.streaming;

import io.carafe.ports.runtime.ExecSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * A thread in place of a process: {@code cat}, {@code say OUT ERR CODE}, {@code sizes} (says the sizes it is given, until its input
 * ends), {@code flood} (writes for ever), {@code sleep}, {@code deaf} (reads nothing).
 */
final class FakeProcess implements ExecSession {
    private final List<String> args;
    private final boolean terminal;
    private final Consumer<FakeProcess> closed;
    private final Pipe stdin = new Pipe();
    private final Pipe stdout = new Pipe();
    private final Pipe stderr = new Pipe();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Thread thread;

    FakeProcess(List<String> args, boolean terminal, Consumer<FakeProcess> closed) {
        this.args = List.copyOf(args);
        this.terminal = terminal;
        this.closed = closed;
        this.thread = Thread.ofVirtual().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        int code = 137;
        try {
            code = act();
        } catch (IOException e) {
            // killed
        } finally {
            stdout.end();
            stderr.end();
            exit.complete(code);
        }
    }

    private int act() throws IOException {
        switch (args.getFirst()) {
            case "say" -> {
                stdout.output().write(args.get(1).getBytes(StandardCharsets.UTF_8));
                stderr.output().write(args.get(2).getBytes(StandardCharsets.UTF_8));
                return Integer.parseInt(args.get(3));
            }
            case "flood" -> {
                byte[] much = new byte[8192];
                while (true) {
                    stdout.output().write(much);
                }
            }
            case "deaf" -> {
                try {
                    Thread.sleep(Duration.ofHours(1));
                } catch (InterruptedException e) {
                    throw new IOException("killed", e);
                }
            }
            case "cat" -> stdin.input().transferTo(stdout.output());
            default -> stdin.input().transferTo(OutputStream.nullOutputStream());
        }
        return 0;
    }

    @Override
    public OutputStream stdin() {
        return stdin.output();
    }

    @Override
    public InputStream stdout() {
        return stdout.input();
    }

    @Override
    public InputStream stderr() {
        return stderr.input();
    }

    @Override
    public void resize(int width, int height) {
        if (terminal) {
            try {
                stdout.output().write((width + "x" + height + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public int waitFor() throws InterruptedException {
        try {
            return exit.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        closed.accept(this);
    }
}
