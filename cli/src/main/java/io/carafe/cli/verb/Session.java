package io.carafe.cli.verb;

import com.google.protobuf.Message;
import io.carafe.cli.endpoint.CriClient;
import io.carafe.cli.endpoint.Lookup;
import io.carafe.cli.text.Console;
import io.carafe.cli.text.JsonText;
import io.carafe.cli.text.TextTable;
import java.time.Instant;
import picocli.CommandLine.ParseResult;

/**
 * What a verb works with while it runs.
 *
 * @param now when the command began, the time that ages are told by
 */
public record Session(CriClient client, Console console, Instant now) {
    /** Prints the table, or the message if JSON was asked for. */
    void show(ParseResult parsed, TextTable table, Message message) {
        if (Options.json(parsed)) {
            console.out().println(JsonText.of(message));
        } else {
            console.out().print(table.text());
        }
    }

    Lookup lookup() {
        return Lookup.of(client);
    }
}
