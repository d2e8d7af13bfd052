package io.carafe.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carafe.cli.endpoint.CriClient;
import io.carafe.cli.endpoint.EndpointAddress;
import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.outcome.ExitCode;
import io.carafe.cli.text.Console;
import io.carafe.cli.verb.AttachCommand;
import io.carafe.cli.verb.ClientVersion;
import io.carafe.cli.verb.ExecCommand;
import io.carafe.cli.verb.HandlersCommand;
import io.carafe.cli.verb.ImagesCommand;
import io.carafe.cli.verb.InspectCommand;
import io.carafe.cli.verb.LogsCommand;
import io.carafe.cli.verb.PodsCommand;
import io.carafe.cli.verb.PortForwardCommand;
import io.carafe.cli.verb.PsCommand;
import io.carafe.cli.verb.PullCommand;
import io.carafe.cli.verb.RmCommand;
import io.carafe.cli.verb.RmiCommand;
import io.carafe.cli.verb.RunCommand;
import io.carafe.cli.verb.Session;
import io.carafe.cli.verb.StatsCommand;
import io.carafe.cli.verb.StatusCommand;
import io.carafe.cli.verb.StopCommand;
import io.carafe.cli.verb.Verb;
import io.carafe.cli.verb.VersionCommand;
import io.carafe.cri.v1.VersionRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The program {@code carafe}: its verbs, the options that all of them have, and what becomes of errors. */
public final class CarafeCommand {
    /** The libraries' warnings are not for the person at the command line; held here because JUL drops loggers. */
    private static final List<Logger> QUIET = List.of(Logger.getLogger("io.netty"), Logger.getLogger("io.grpc"));

    private static final int TIMEOUT_SECONDS = 60;
    private static final Duration PROBE = Duration.ofSeconds(5);

    private final Map<String, Verb> verbs;
    private final Console console;
    private final Map<String, String> environment;
    private final InstantSource clock;

    public CarafeCommand(Console console, Map<String, String> environment, InstantSource clock) {
        this.console = console;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.verbs = allVerbs().stream().collect(Collectors.toMap(Verb::name, Function.identity()));
    }

    public static void main(String[] args) {
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
        var console = Console.ofProcess();
        int code = new CarafeCommand(console, System.getenv(), InstantSource.system()).execute(args);
        console.out().flush();
        console.err().flush();
        System.exit(code);
    }

    /** In the order of the help: what there is, images, life, looking in. */
    private static List<Verb> allVerbs() {
        return List.of(
                new VersionCommand(),
                new StatusCommand(),
                new HandlersCommand(),
                new PullCommand(),
                new ImagesCommand(),
                new RmiCommand(),
                new RunCommand(),
                new PodsCommand(),
                new PsCommand(),
                new StopCommand(),
                new RmCommand(),
                new InspectCommand(),
                new LogsCommand(),
                new ExecCommand(),
                new AttachCommand(),
                new PortForwardCommand(),
                new StatsCommand());
    }

    /** Runs a command line; answers the exit code. */
    public int execute(String... args) {
        return commandLine().execute(args);
    }

    private CommandLine commandLine() {
        var root = CommandSpec.create().name("carafe");
        root.version("carafe " + ClientVersion.text());
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("The version of this program.")
                .build());
        for (var verb : allVerbs()) {
            var spec = CommandSpec.create();
            verb.describe(spec);
            spec.addOption(help());
            // What follows the container or the image belongs to the command there.
            spec.parser().stopAtPositional(verb.runsCommand());
            root.addSubcommand(verb.name(), spec);
        }
        root.addOption(help());
        root.addOption(OptionSpec.builder("--endpoint")
                .type(String.class)
                .paramLabel("ADDRESS")
                .scopeType(ScopeType.INHERIT)
                .description("The CRI endpoint, unix:///path; default: $" + EndpointAddress.VARIABLE + ", else "
                        + EndpointAddress.DEFAULT + ".")
                .build());
        root.addOption(OptionSpec.builder("--timeout")
                .type(int.class)
                .paramLabel("SECONDS")
                .scopeType(ScopeType.INHERIT)
                .description("How long an answer may take; default: " + TIMEOUT_SECONDS
                        + ". Pulls, execs and stops have their own limits.")
                .build());
        root.usageMessage()
                .description("A command line for a CRI container runtime: Carafe, or any other.")
                .footer(
                        "",
                        "An id may be cut to a beginning that only one has; a name serves as well.",
                        "",
                        "Exit codes:",
                        "  0    done",
                        "  1    refused, or failed",
                        "  2    the command line was not understood",
                        "  3    nobody answers at the endpoint",
                        "  4    no such pod, container or image, or more than one",
                        "'exec' and 'run' answer the command's own code, and 125 if it was not run.");
        return new CommandLine(root)
                .setOut(new PrintWriter(console.out(), true, UTF_8))
                .setErr(new PrintWriter(console.err(), true, UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(this::run);
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("This help.")
                .build();
    }

    private int run(ParseResult parsed) {
        var helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        if (!parsed.hasSubcommand()) {
            parsed.commandSpec().commandLine().usage(console.err(), Ansi.OFF);
            return ExitCode.USAGE;
        }
        var ofVerb = parsed.subcommand();
        var verb = verb(ofVerb);
        var timeout = Duration.ofSeconds(ofVerb.matchedOptionValue("--timeout", TIMEOUT_SECONDS));
        try (var client = new CriClient(EndpointAddress.socket(address(parsed)), timeout)) {
            return verb.run(ofVerb, new Session(client, console, clock.instant()));
        } catch (IOException e) {
            return failed(ExitCode.FAILED, verb, e.getClass().getSimpleName() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(ExitCode.FAILED, verb, "interrupted");
        } catch (CommandFault e) {
            return failed(e.exitCode(), verb, String.valueOf(e.getMessage()));
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode() == Status.Code.UNAVAILABLE && !answers(address(parsed))
                    ? failed(ExitCode.UNREACHABLE, verb, unreachable(e.getStatus(), address(parsed)))
                    : failed(exitCode(e.getStatus()), verb, told(e.getStatus()));
        }
    }

    /** A server says UNAVAILABLE too, as of a registry or a plugin: whether there is one, a question shows that needs neither. */
    private static boolean answers(String address) {
        try (var client = new CriClient(EndpointAddress.socket(address), PROBE)) {
            var _ = client.runtime().version(VersionRequest.getDefaultInstance());
            return true;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode() != Status.Code.UNAVAILABLE;
        }
    }

    private int failed(int code, Verb verb, String message) {
        console.err().println("carafe: " + message);
        return verb.runsCommand() && code != ExitCode.USAGE ? ExitCode.NOT_RUN : code;
    }

    private Verb verb(ParseResult ofVerb) {
        var verb = verbs.get(ofVerb.commandSpec().name());
        if (verb == null) {
            throw new IllegalStateException("no verb " + ofVerb.commandSpec().name());
        }
        return verb;
    }

    /** The option at the verb, else before it, else the environment's, else the default. */
    private String address(ParseResult parsed) {
        var fromEnvironment = environment.getOrDefault(EndpointAddress.VARIABLE, "");
        var otherwise = fromEnvironment.isEmpty() ? EndpointAddress.DEFAULT : fromEnvironment;
        return parsed.subcommand().matchedOptionValue("--endpoint", parsed.matchedOptionValue("--endpoint", otherwise));
    }

    private static String unreachable(Status status, String address) {
        return "nobody answers at " + address + " (" + silence(status, EndpointAddress.socket(address))
                + "); is the runtime running? See --endpoint.";
    }

    private static String silence(Status status, Path socket) {
        if (!Files.exists(socket)) {
            return "there is no such socket";
        }
        if (Files.isRegularFile(socket) || Files.isDirectory(socket)) {
            return "it is no socket";
        }
        return Files.isWritable(socket) ? String.valueOf(status.getDescription()) : "this user may not use it";
    }

    private static String told(Status status) {
        var description = String.valueOf(status.getDescription());
        return status.getCode() == Status.Code.UNIMPLEMENTED
                ? "the runtime does not do this: " + description
                : status.getCode() + ": " + description;
    }

    private static int exitCode(Status status) {
        return status.getCode() == Status.Code.NOT_FOUND ? ExitCode.NOT_FOUND : ExitCode.FAILED;
    }
}
