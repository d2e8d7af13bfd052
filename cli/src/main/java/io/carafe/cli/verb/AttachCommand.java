package io.carafe.cli.verb;

import io.carafe.cli.stream.RemoteProcess;
import io.carafe.cri.v1.AttachRequest;
import io.carafe.cri.v1.ContainerStatusRequest;
import java.io.IOException;
import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe attach}: the streams of a container's own process, from now on. */
public final class AttachCommand implements Verb {
    @Override
    public String name() {
        return "attach";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Shows what a container's process writes from now on, until it ends.",
                        "What it wrote before is in 'carafe logs'. With -i stdin goes to it, if the container was made with"
                                + " one; -t if it was made with a terminal. Ctrl-c without -t only ends the attaching.");
        spec.addOption(Options.flag("Pass stdin on.", "-i", "--interactive"))
                .addOption(Options.flag("The container has a terminal.", "-t", "--tty"))
                .addPositional(Options.operand(
                        "CONTAINER", "Name, id or the beginning of an id; or the pod of a single container."));
    }

    /** Answers the container's exit code, which the stream does not tell. */
    @Override
    public int run(ParseResult parsed, Session session) throws IOException, InterruptedException {
        var container = session.lookup().container(Options.first(parsed));
        boolean stdin = Options.isSet(parsed, "-i");
        boolean tty = Options.isSet(parsed, "-t");
        var url = session.client()
                .runtime()
                .attach(AttachRequest.newBuilder()
                        .setContainerId(container.id())
                        .setStdin(stdin)
                        .setStdout(true)
                        .setStderr(!tty)
                        .setTty(tty)
                        .build())
                .getUrl();
        int attached = new RemoteProcess(session.console(), stdin, tty).run(URI.create(url));
        var status = session.client()
                .runtime()
                .containerStatus(ContainerStatusRequest.newBuilder()
                        .setContainerId(container.id())
                        .build())
                .getStatus();
        return attached == 0 ? status.getExitCode() : attached;
    }
}
