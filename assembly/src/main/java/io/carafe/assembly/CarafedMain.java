package io.carafe.assembly;

import io.carafe.assembly.config.Configuration;
import io.carafe.assembly.config.ConfigurationException;
import io.carafe.assembly.daemon.AotCache;
import io.carafe.assembly.daemon.Daemon;
import io.carafe.assembly.daemon.Directories;
import io.carafe.assembly.daemon.InstanceLock;
import io.carafe.assembly.daemon.ReloadRequests;
import io.carafe.assembly.daemon.StartFailure;
import io.carafe.assembly.daemon.StopSignals;
import io.carafe.assembly.daemon.Supervisor;
import io.carafe.assembly.discovery.Adapters;
import io.carafe.assembly.discovery.KeptJars;
import io.carafe.assembly.log.LogOutput;
import io.carafe.assembly.reload.ConfigurationSource;
import io.carafe.assembly.reload.Reading;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.Signal;
import io.carafe.linux.process.Signals;
import io.carafe.linux.socket.SdNotify;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code carafed}. Exit status: 0 ended as asked, 1 could not start or serve, 2 wrong command line or configuration. */
public final class CarafedMain {
    private static final System.Logger LOG = System.getLogger("io.carafe.assembly.Carafed");
    private static final int FAILED = 1;
    private static final int REFUSED = 2;

    private CarafedMain() {}

    public static void main(String... arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        return switch (CommandLine.parse(arguments)) {
            case CommandLine.Help _ -> say(out, CommandLine.USAGE.strip(), 0);
            case CommandLine.Version _ -> say(out, "carafed " + Version.text(), 0);
            case CommandLine.ConfigDefault _ -> {
                new ConfigCommands(out, err).printDefault();
                yield 0;
            }
            case CommandLine.ConfigCheck(Optional<Path> file) -> {
                new LogOutput(err).install(System.Logger.Level.WARNING);
                yield switch (new ConfigCommands(out, err).check(file)) {
                    case GOOD -> 0;
                    case UNSERVED -> FAILED;
                    case WRONG -> REFUSED;
                };
            }
            case CommandLine.Run(Optional<Path> file) -> serve(file, err);
            case CommandLine.Wrong(String message) -> say(err, "carafed: " + message + "; see carafed --help", REFUSED);
        };
    }

    private static int say(PrintStream stream, String text, int status) {
        stream.println(text);
        return status;
    }

    private static int serve(Optional<Path> file, PrintStream err) {
        var reloads = new ReloadRequests();
        Signals.handle(Signal.parse("HUP"), reloads::ask);
        StopSignals signals = StopSignals.listen(
                () -> List.of("TERM", "INT").forEach(name -> Signals.restoreDefault(Signal.parse(name))));
        try {
            Configuration configuration = ConfigCommands.read(file);
            var log = new LogOutput(new FileOutputStream(FileDescriptor.err));
            log.install(configuration.daemon().logLevel());
            AotCache.refusal(Distribution.aotCache())
                    .ifPresent(sentence -> LOG.log(System.Logger.Level.WARNING, sentence));
            serve(file, configuration, log, signals, reloads);
            return 0;
        } catch (ConfigurationException e) {
            return say(err, e.report(), REFUSED);
        } catch (StartFailure e) {
            return say(err, "carafed: " + e.getMessage(), FAILED);
        } catch (Fault e) {
            LOG.log(System.Logger.Level.ERROR, e::getMessage);
            return FAILED;
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "failed", e);
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        } finally {
            signals.ended();
        }
    }

    private static void serve(
            Optional<Path> file,
            Configuration configuration,
            LogOutput log,
            StopSignals signals,
            ReloadRequests reloads)
            throws ConfigurationException, StartFailure, InterruptedException, IOException {
        LOG.log(
                System.Logger.Level.INFO,
                "starting version={0} root={1} run={2}",
                Version.text(),
                configuration.daemon().root(),
                configuration.daemon().run());
        Directories directories = Directories.make(configuration.daemon());
        try (var _ = InstanceLock.take(configuration.daemon().root());
                var _ = InstanceLock.take(configuration.daemon().run())) {
            var source = new ConfigurationSource(
                    () -> ConfigCommands.read(file),
                    Distribution::adapters,
                    Adapters.copiedTo(KeptJars.in(configuration.daemon().root().resolve("adapters"))),
                    InstantSource.system());
            Reading started = source.with(configuration);
            started.catalog().problems().forEach(problem -> LOG.log(System.Logger.Level.WARNING, problem::toString));
            CarafedComponent component = DaggerCarafedComponent.factory().create(started, source, log, directories);
            // the launcher renames NOTIFY_SOCKET, so that no runc of ours takes it for its own
            Optional<Supervisor> supervisor = Optional.ofNullable(System.getenv("CARAFE_NOTIFY_SOCKET"))
                    .map(address -> new SdNotify(address)::send);
            new Daemon(
                            component.serving(),
                            signals,
                            reloads,
                            configuration.daemon().shutdown(),
                            supervisor)
                    .run();
        }
    }
}
