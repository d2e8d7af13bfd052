package com.example.unshare;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.runtime.ExecSession;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A command with streams. */
final class UnshareSession implements ExecSession {
    private final Process process;
    private final InputStream stderr;

    private UnshareSession(Process process, InputStream stderr) {
        this.process = process;
        this.stderr = stderr;
    }

    /** Waits until the command runs or has ended, so that one that cannot be executed is refused. */
    static UnshareSession begun(String attempted, Process process) throws InterruptedException {
        while (process.isAlive() && !isBegun(process)) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        if (process.isAlive()) {
            return new UnshareSession(process, process.getErrorStream());
        }
        try {
            byte[] words = process.getErrorStream().readAllBytes();
            String text = new String(words, StandardCharsets.UTF_8).strip();
            if (ContainerCommand.isRefusal(process.exitValue(), text)) {
                throw new Fault.InvalidArgument(attempted + ": " + text);
            }
            return new UnshareSession(process, new ByteArrayInputStream(words));
        } catch (IOException e) {
            throw new Fault.Unavailable(attempted + ": " + e.getMessage(), e);
        }
    }

    /** nsenter has a child that is no longer nsenter. */
    private static boolean isBegun(Process process) {
        return process.children()
                .map(child -> HostProcesses.arguments(child.pid()))
                .anyMatch(arguments ->
                        !arguments.isEmpty() && arguments.stream().noneMatch(word -> word.startsWith("--target=")));
    }

    @Override
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** The JDK buffers what is written. */
    @Override
    public OutputStream stdin() {
        return new FilterOutputStream(process.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                out.flush();
            }
        };
    }

    @Override
    public InputStream stdout() {
        return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
        return stderr;
    }

    @Override
    public void resize(int width, int height) {}

    @Override
    public void close() {
        HostProcesses.killFamily(process.toHandle());
        UnshareExecs.close(process.getOutputStream());
        UnshareExecs.close(process.getInputStream());
        UnshareExecs.close(process.getErrorStream());
    }
}
