package io.carafe.assembly.config;

import java.nio.file.Path;

/** Where in which file something stands; line 0 means the file as a whole. */
public record Origin(Path file, int line) {
    static Origin of(Path file) {
        return new Origin(file, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? file.toString() : file + ":" + line;
    }
}
