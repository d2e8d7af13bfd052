package io.carafe.cli.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.outcome.ExitCode;
import io.carafe.cli.text.Console;
import io.carafe.linux.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A process behind a streaming URL, with this program's stdin, stdout, stderr and terminal as its own.
 *
 * @param stdin whether what is typed or piped in goes there
 * @param tty whether the process has a terminal; ours is in raw mode meanwhile, if we have one
 */
public record RemoteProcess(Console console, boolean stdin, boolean tty) {
    private static final String PROTOCOL = "v4.channel.k8s.io";
    /** Looking is cheaper than the signal that tells: nothing of the JVM's for it has to be loaded. */
    private static final Duration LOOK_AT_SIZE = Duration.ofMillis(200);

    private static final int STDIN = 0;

    /** Runs it to its end; answers its exit code. */
    public int run(URI url) throws IOException, InterruptedException {
        try (var connection = SpdyConnection.open(url, PROTOCOL)) {
            Optional<Terminal> terminal = tty && stdin ? Terminal.raw(STDIN) : Optional.empty();
            // a signal to this program leaves it no other chance
            terminal.ifPresent(raw -> Runtime.getRuntime().addShutdownHook(new Thread(raw::close, "terminal")));
            try {
                return run(connection, terminal);
            } finally {
                terminal.ifPresent(Terminal::close);
            }
        }
    }

    private int run(SpdyConnection connection, Optional<Terminal> terminal) throws IOException, InterruptedException {
        var error = stream(connection, "error");
        if (tty) {
            var resize = stream(connection, "resize");
            if (terminal.isPresent()) {
                // before the last stream is open, with which the process begins
                var first = tellSize(terminal.get(), Optional.empty(), resize.output());
                background("terminal size", () -> tellSizes(terminal.get(), first, resize.output()));
            }
        }
        Optional<SpdyStream> in = stdin ? Optional.of(stream(connection, "stdin")) : Optional.empty();
        Optional<SpdyStream> err = tty ? Optional.empty() : Optional.of(stream(connection, "stderr"));
        var out = stream(connection, "stdout");
        in.ifPresent(stream -> background("stdin", () -> copyInput(stream.output())));
        Optional<Thread> errors = err.map(stream -> background("stderr", () -> copy(stream.input(), console.err())));
        copy(out.input(), console.out());
        if (errors.isPresent()) {
            errors.get().join();
        }
        return exitCode(new String(error.input().readAllBytes(), UTF_8));
    }

    private static SpdyStream stream(SpdyConnection connection, String type) throws IOException {
        return connection.open(Map.of("streamtype", type));
    }

    /** A thread that a read from a terminal may hold, and that the end of the program does not wait for. */
    private static Thread background(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).start(work);
    }

    private void copyInput(OutputStream to) {
        try {
            byte[] chunk = new byte[32 * 1024];
            for (int n = console.in().read(chunk); n >= 0; n = console.in().read(chunk)) {
                to.write(chunk, 0, n);
            }
            to.close();
        } catch (IOException e) {
            // the process has ended, or the connection has, which the output tells
        }
    }

    private static void copy(InputStream from, OutputStream to) {
        try {
            byte[] chunk = new byte[32 * 1024];
            for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
                to.write(chunk, 0, n);
                to.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tellSizes(Terminal terminal, Terminal.Size first, OutputStream to) {
        try {
            Terminal.Size told = first;
            while (true) {
                Thread.sleep(LOOK_AT_SIZE);
                told = tellSize(terminal, Optional.of(told), to);
            }
        } catch (IOException e) {
            // the connection has ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Terminal.Size tellSize(Terminal terminal, Optional<Terminal.Size> told, OutputStream to)
            throws IOException {
        var now = terminal.size();
        if (!Optional.of(now).equals(told)) {
            to.write("{\"Width\":%d,\"Height\":%d}"
                    .formatted(now.width(), now.height())
                    .getBytes(UTF_8));
        }
        return now;
    }

    /** Source: the Status of Kubernetes, as remotecommand's v4 sends it. */
    private static int exitCode(String json) {
        var status = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(json, status);
        } catch (IOException e) {
            throw new CommandFault(ExitCode.FAILED, "the runtime did not say how it ended: '" + json + "'");
        }
        if (text(status.build(), "status").equals("Success")) {
            return ExitCode.OK;
        }
        if (text(status.build(), "reason").equals("NonZeroExitCode")) {
            for (var cause : causes(status.build())) {
                if (text(cause, "reason").equals("ExitCode")) {
                    return Integer.parseInt(text(cause, "message"));
                }
            }
        }
        throw new CommandFault(ExitCode.FAILED, text(status.build(), "message"));
    }

    private static Iterable<Struct> causes(Struct status) {
        return status
                .getFieldsOrDefault("details", com.google.protobuf.Value.getDefaultInstance())
                .getStructValue()
                .getFieldsOrDefault("causes", com.google.protobuf.Value.getDefaultInstance())
                .getListValue()
                .getValuesList()
                .stream()
                .map(com.google.protobuf.Value::getStructValue)
                .toList();
    }

    private static String text(Struct struct, String field) {
        return struct.getFieldsOrDefault(field, com.google.protobuf.Value.getDefaultInstance())
                .getStringValue();
    }
}
