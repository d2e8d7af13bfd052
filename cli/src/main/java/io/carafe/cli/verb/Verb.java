package io.carafe.cli.verb;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One verb of the command line. */
public interface Verb {
    String name();

    /** Adds the verb's options, operands and help. */
    void describe(CommandSpec spec);

    /** Does it; answers the exit code. */
    int run(ParseResult parsed, Session session) throws IOException, InterruptedException;

    /** Whether the verb runs a command of the user's, whose exit codes are then the verb's. */
    default boolean runsCommand() {
        return false;
    }
}
