package io.carafe.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carafe.cli.text.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;

/** A console that nobody watches, whose output tests read. */
public final class Capture {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private InputStream in = InputStream.nullInputStream();

    /** What the command finds on its stdin. */
    public Capture typed(String text) {
        in = new ByteArrayInputStream(text.getBytes(UTF_8));
        return this;
    }

    public Console console() {
        return new Console(in, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);
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
