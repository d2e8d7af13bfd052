package io.carafe.cli.verb;

import io.carafe.cli.text.TextTable;
import io.carafe.cri.v1.VersionRequest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe version}: of this program and of the runtime. */
public final class VersionCommand implements Verb {
    @Override
    public String name() {
        return "version";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage().description("Shows the versions of this program and of the runtime that answers.");
        spec.addOption(Options.output());
    }

    @Override
    public int run(ParseResult parsed, Session session) {
        var version = session.client().runtime().version(VersionRequest.getDefaultInstance());
        var table = new TextTable("PROGRAM", "VERSION", "CRI")
                .row("carafe (this command)", ClientVersion.text(), "v1")
                .row(
                        version.getRuntimeName() + " (the runtime)",
                        version.getRuntimeVersion(),
                        version.getRuntimeApiVersion());
        session.show(parsed, table, version);
        return 0;
    }
}
