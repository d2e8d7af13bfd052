package io.carafe.cli.verb;

import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.outcome.ExitCode;
import io.carafe.cli.stream.RemoteProcess;
import io.carafe.cri.v1.ExecRequest;
import io.carafe.cri.v1.ExecSyncRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe exec}: a command in a running container, alone or with a person or a pipe before it. */
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
                        "Without -i and -t its output is printed when it has ended, by CRI's ExecSync. With either it runs on a"
                                + " stream: -i passes stdin on, -t gives it a terminal. Exit code: the command's, or 125 if it"
                                + " could not be run.");
        spec.addOption(Options.flag("Pass stdin on.", "-i", "--interactive"))
                .addOption(Options.flag("Give it a terminal.", "-t", "--tty"));
        spec.addOption(Options.number(
                        "SECONDS",
                        0,
                        "End the command after this time; 0 (default): never. Not with -i or -t.",
                        "--time"))
                .addPositional(Options.operand(
                        "CONTAINER", "Name, id or the beginning of an id; or the pod of a single container."))
                .addPositional(Options.command(
                        "1..*", "The command and its words, as they are; a shell only if you name one."));
    }

    @Override
    public int run(ParseResult parsed, Session session) throws IOException, InterruptedException {
        var words = Options.commandWords(parsed);
        if (words.isEmpty()) {
            throw new CommandFault(
                    ExitCode.USAGE, "exec wants a command after the container; see 'carafe exec --help'");
        }
        var container = session.lookup().container(Options.first(parsed));
        int seconds = Options.number(parsed, "--time", 0);
        boolean stdin = Options.isSet(parsed, "-i");
        boolean tty = Options.isSet(parsed, "-t");
        if (stdin || tty) {
            if (seconds > 0) {
                throw new CommandFault(ExitCode.USAGE, "--time goes with neither -i nor -t");
            }
            return stream(session, container.id(), words, stdin, tty);
        }
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

    private static int stream(Session session, String container, List<String> words, boolean stdin, boolean tty)
            throws IOException, InterruptedException {
        var url = session.client()
                .runtime()
                .exec(ExecRequest.newBuilder()
                        .setContainerId(container)
                        .addAllCmd(words)
                        .setStdin(stdin)
                        .setStdout(true)
                        .setStderr(!tty)
                        .setTty(tty)
                        .build())
                .getUrl();
        return new RemoteProcess(session.console(), stdin, tty).run(URI.create(url));
    }
}
