package io.carafe.cli.verb;

import io.carafe.cli.endpoint.Named;
import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.outcome.ExitCode;
import io.carafe.cli.stream.ForwardedPort;
import io.carafe.cri.v1.PortForwardRequest;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe port-forward}: local ports that lead into a pod. */
public final class PortForwardCommand implements Verb {
    private static final Pattern PORT = Pattern.compile("(?:(\\d{0,5}):)?(\\d{1,5})");
    private static final int LAST_PORT = 65_535;

    @Override
    public String name() {
        return "port-forward";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Listens on local ports and carries what connects there into a pod, until it is interrupted.",
                        "8080:80 listens on 8080 for the pod's port 80, 80 on the same, :80 on any free one.");
        spec.addOption(Options.text("ADDRESS", "Where to listen; default: 127.0.0.1.", "--address"))
                .addPositional(Options.operand("POD", "Name, id or the beginning of an id; or one of its containers."))
                .addPositional(PositionalParamSpec.builder()
                        .index("1..*")
                        .arity("1..*")
                        .type(String[].class)
                        .paramLabel("[LOCAL:]PORT")
                        .description("Local port and the pod's.")
                        .build());
    }

    @Override
    public int run(ParseResult parsed, Session session) throws IOException, InterruptedException {
        var words = Options.all(parsed, 1);
        if (words.length == 0) {
            throw new CommandFault(ExitCode.USAGE, "port-forward wants a port; see 'carafe port-forward --help'");
        }
        String pod = switch (session.lookup().podOrContainer(Options.first(parsed))) {
            case Named.Pod found -> found.id();
            case Named.OfContainer container -> container.container().getPodSandboxId();
        };
        var address = address(Options.text(parsed, "--address", "127.0.0.1"));
        List<ForwardedPort> ports = new ArrayList<>();
        try {
            for (var word : words) {
                ports.add(listen(word, address, session, pod));
            }
            for (var port : ports) {
                port.serve();
            }
            for (var port : ports) {
                port.await();
            }
            return ExitCode.OK;
        } finally {
            for (var port : ports) {
                port.close();
            }
        }
    }

    private static ForwardedPort listen(String word, InetAddress address, Session session, String pod)
            throws IOException {
        Matcher port = PORT.matcher(word);
        if (!port.matches()) {
            throw new CommandFault(ExitCode.USAGE, "'" + word + "' is not [LOCAL:]PORT");
        }
        int remote = number(port.group(2), 1, word);
        String before = port.group(1);
        int local = before == null ? remote : before.isEmpty() ? 0 : number(before, 0, word);
        try {
            var forwarded =
                    ForwardedPort.listen(address, local, remote, () -> url(session, pod, remote), session.console());
            session.console().err().println("Forwarding " + forwarded.local() + " -> " + remote);
            return forwarded;
        } catch (BindException e) {
            throw new CommandFault(
                    ExitCode.FAILED,
                    "cannot listen on " + address.getHostAddress() + ", port " + local + ": " + e.getMessage()
                            + "; choose another local port, :" + remote
                            + " for any that is free, or an --address of this host");
        }
    }

    /** A ticket is good for one connection to the runtime, and each local connection has its own. */
    private static URI url(Session session, String pod, int port) {
        return URI.create(session.client()
                .runtime()
                .portForward(PortForwardRequest.newBuilder()
                        .setPodSandboxId(pod)
                        .addPort(port)
                        .build())
                .getUrl());
    }

    private static int number(String digits, int least, String word) {
        int port = Integer.parseInt(digits);
        if (port < least || port > LAST_PORT) {
            throw new CommandFault(ExitCode.USAGE, "'" + word + "' has no TCP port: " + port);
        }
        return port;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new CommandFault(ExitCode.USAGE, "there is no address '" + text + "'");
        }
    }
}
