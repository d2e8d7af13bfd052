package io.carafe.oci.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where programs are on a host. */
public final class Programs {
    private static final List<String> DIRECTORIES =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private Programs() {}

    /** The first of its name in the usual directories, whatever the daemon's own PATH is. */
    public static Optional<Path> find(String name) {
        return DIRECTORIES.stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * What is wrong with a program that is needed; empty if it can be executed.
     *
     * @param what how people call it
     * @param program where it is said to be or was found
     * @param option the configuration's name for its path
     */
    public static Optional<String> missing(String what, Optional<Path> program, String option) {
        if (program.isEmpty()) {
            return Optional.of(what
                    + " is not in /usr/local/{sbin,bin}, /usr/{sbin,bin} or /{sbin,bin}; install it or set " + option);
        }
        return Files.isExecutable(program.get())
                ? Optional.empty()
                : Optional.of(what + " is not at " + program.get() + ", or cannot be executed; install it or correct "
                        + option);
    }
}
