package io.carafe.cli.verb;

import io.carafe.cli.outcome.ExitCode;
import io.carafe.cli.text.JsonText;
import io.carafe.cli.text.TextTable;
import io.carafe.cri.v1.StatusRequest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe status}: the runtime's conditions; fails when one of the two that a kubelet needs is not met. */
public final class StatusCommand implements Verb {
    @Override
    public String name() {
        return "status";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Shows the runtime's conditions.",
                        "Exit code 1 if RuntimeReady or NetworkReady is not met. With -o json the runtime's verbose info, too.");
        spec.addOption(Options.output());
    }

    @Override
    public int run(ParseResult parsed, Session session) {
        var request =
                StatusRequest.newBuilder().setVerbose(Options.json(parsed)).build();
        var response = session.client().runtime().status(request);
        if (Options.json(parsed)) {
            session.console()
                    .out()
                    .println(JsonText.withInfo(response.toBuilder().clearInfo().build(), response.getInfoMap()));
        } else {
            var table = new TextTable("CONDITION", "MET", "REASON", "MESSAGE");
            for (var condition : response.getStatus().getConditionsList()) {
                table.row(
                        condition.getType(),
                        condition.getStatus() ? "yes" : "NO",
                        condition.getReason(),
                        condition.getMessage());
            }
            session.console().out().print(table.text());
        }
        boolean ready = response.getStatus().getConditionsList().stream()
                .filter(condition -> condition.getType().equals("RuntimeReady")
                        || condition.getType().equals("NetworkReady"))
                .allMatch(condition -> condition.getStatus());
        return ready ? ExitCode.OK : ExitCode.FAILED;
    }
}
