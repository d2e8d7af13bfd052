package io.carafe.cli.verb;

import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.outcome.ExitCode;
import io.carafe.cli.text.LogFile;
import io.carafe.cri.v1.ContainerState;
import io.carafe.cri.v1.ContainerStatus;
import io.carafe.cri.v1.ContainerStatusRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe logs}: what a container has said, from the log file on this host. */
public final class LogsCommand implements Verb {
    @Override
    public String name() {
        return "logs";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Prints a container's log.",
                        "What it said on stdout goes to stdout, on stderr to stderr. CRI tells where the log file is, so this reads it on this host.");
        spec.addOption(Options.flag(
                        "Go on until the container has exited, also over a restart of the runtime.", "-f", "--follow"))
                .addOption(Options.flag("Each line with its time.", "-t", "--timestamps"))
                .addOption(Options.number("N", Integer.MAX_VALUE, "Only the last N lines.", "--tail"))
                .addPositional(Options.operand(
                        "CONTAINER", "Name, id or the beginning of an id; or the pod of a single container."));
    }

    @Override
    public int run(ParseResult parsed, Session session) throws IOException, InterruptedException {
        var id = session.lookup().container(Options.first(parsed)).id();
        var file = file(status(session, id), id);
        var log = new LogFile(file, session.console(), Options.isSet(parsed, "-t"));
        int tail = Options.number(parsed, "--tail", Integer.MAX_VALUE);
        if (Options.isSet(parsed, "-f")) {
            log.follow(tail, new ContainerEnd(session, id));
        } else if (Files.exists(file)) {
            log.print(tail);
        } else {
            throw new CommandFault(
                    ExitCode.FAILED,
                    "the log of container " + id + " should be " + file + ", which is not there (on this host)");
        }
        return 0;
    }

    static ContainerStatus status(Session session, String id) {
        return session.client()
                .runtime()
                .containerStatus(
                        ContainerStatusRequest.newBuilder().setContainerId(id).build())
                .getStatus();
    }

    private static Path file(ContainerStatus status, String id) {
        if (status.getLogPath().isEmpty()) {
            throw new CommandFault(
                    ExitCode.FAILED,
                    "container " + id + " has no log"
                            + (status.getState() == ContainerState.CONTAINER_CREATED ? " yet" : ""));
        }
        return Path.of(status.getLogPath());
    }
}
