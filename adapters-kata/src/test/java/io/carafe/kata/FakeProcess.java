package io.carafe.kata;

import io.carafe.oci.ttrpc.ProtoMessage;
import io.carafe.oci.ttrpc.StatusCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process in a guest: says a line when it starts, keeps what it reads, and runs until it is killed or let go. */
final class FakeProcess {
    private static final int CREATED = 1;
    private static final int RUNNING = 2;
    private static final int STOPPED = 3;
    private static final int SIGNALLED = 128;

    private final String stdin;
    private final String stdout;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch inputEnded = new CountDownLatch(1);
    private final StringBuilder input = new StringBuilder();
    private volatile int status = CREATED;
    private volatile int code;
    private volatile OutputStream output = OutputStream.nullOutputStream();

    FakeProcess(String stdin, String stdout) {
        this.stdin = stdin;
        this.stdout = stdout;
    }

    int status() {
        return status;
    }

    boolean isRunning() {
        return status == RUNNING;
    }

    int code() {
        return code;
    }

    /** What it has read. */
    String input() {
        synchronized (input) {
            return input.toString();
        }
    }

    void start() throws IOException {
        if (status != CREATED) {
            throw new IOException("it is not created");
        }
        if (!stdout.isEmpty()) {
            output = Files.newOutputStream(Path.of(stdout));
            say("started");
        }
        if (stdin.isEmpty()) {
            inputEnded.countDown();
        } else {
            Thread.ofPlatform().daemon().start(this::read);
        }
        status = RUNNING;
    }

    void say(String line) throws IOException {
        output.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Ends with {@code with}: the output first, then the exit. */
    void end(int with) throws IOException {
        if (status != STOPPED) {
            code = with;
            output.close();
            status = STOPPED;
            ended.countDown();
        }
    }

    void kill(int signal) throws IOException, TtrpcServer.Refusal {
        if (status == STOPPED) {
            throw new TtrpcServer.Refusal(StatusCode.NOT_FOUND, "process already finished");
        }
        end(SIGNALLED + signal);
    }

    /** Without a word to those who wait. */
    void die() {
        try {
            output.close();
        } catch (IOException e) {
            // it is dead all the same
        }
    }

    ProtoMessage awaitExit() throws InterruptedException {
        ended.await();
        return new ProtoMessage().number(1, code);
    }

    void awaitEndOfInput() throws InterruptedException {
        inputEnded.await();
    }

    ProtoMessage exit() throws TtrpcServer.Refusal {
        if (status != STOPPED) {
            throw new TtrpcServer.Refusal(StatusCode.FAILED_PRECONDITION, "it runs");
        }
        return new ProtoMessage().number(2, code);
    }

    private void read() {
        try (InputStream from = Files.newInputStream(Path.of(stdin))) {
            byte[] buffer = new byte[4096];
            for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
                synchronized (input) {
                    input.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            // as good as its end
        } finally {
            inputEnded.countDown();
        }
    }
}
