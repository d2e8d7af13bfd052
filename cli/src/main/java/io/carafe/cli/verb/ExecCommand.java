package io.carafe.cli.verb;

import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.outcome.ExitCode;
import io.carafe.cri.v1.ExecSyncRequest;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe exec}: a command in a running container, to its end. */
public final class ExecCommand implements Verb {
    private static final Duration SLACK = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "exec";
    }

    @Override
    public boolean runsCommand() {
        return true;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Runs a command in a running container.",
                        "Its output is printed when it has ended. It has no stdin and no terminal: this is CRI's ExecSync; interactive exec, which needs streaming, comes"
                                + " later. Exit code: the command's, or 125 if it could not be run.");
        spec.addOption(Options.number(
                        "SECONDS", 0, "End the command after this time; 0 (default): never.", "-t", "--time"))
                .addPositional(Options.operand(
                        "CONTAINER", "Name, id or the beginning of an id; or the pod of a single container."))
                .addPositional(Options.command(
                        "1..*", "The command and its words, as they are; a shell only if you name one."));
    }

    @Override
    public int run(ParseResult parsed, Session session) throws IOException {
        var words = Options.commandWords(parsed);
        if (words.isEmpty()) {
            throw new CommandFault(
                    ExitCode.USAGE, "exec wants a command after the container; see 'carafe exec --help'");
        }
        var container = session.lookup().container(Options.first(parsed));
        int seconds = Options.number(parsed, "-t", 0);
        var client = session.client();
        var runtime = seconds == 0
                ? client.patientRuntime()
                : client.runtime(Duration.ofSeconds(seconds).plus(SLACK));
        var response = runtime.execSync(ExecSyncRequest.newBuilder()
                .setContainerId(container.id())
                .setTimeout(seconds)
                .addAllCmd(words)
                .build());
        response.getStdout().writeTo(session.console().out());
        response.getStderr().writeTo(session.console().err());
        return response.getExitCode();
    }
}
