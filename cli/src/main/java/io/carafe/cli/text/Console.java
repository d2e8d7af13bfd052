package io.carafe.cli.text;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a command reads and writes.
 *
 * @param in what is typed or piped in
 * @param out results
 * @param err progress and errors
 * @param terminal whether a person watches
 */
public record Console(InputStream in, PrintStream out, PrintStream err, boolean terminal) {
    /** The process's own streams. */
    public static Console ofProcess() {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(java.io.Console::isTerminal)
                .isPresent();
        return new Console(
                new FileInputStream(FileDescriptor.in),
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                terminal);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
