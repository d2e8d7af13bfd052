package io.carafe.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carafe.cli.text.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** A console that nobody watches, whose output tests read. */
public final class Capture {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    public Console console() {
        return new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);
    }

    public String out() {
        return out.toString(UTF_8);
    }

    public byte[] outBytes() {
        return out.toByteArray();
    }

    public String err() {
        return err.toString(UTF_8);
    }
}
