package io.carafe.gvisor;

import com.google.auto.service.AutoService;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.Programs;
import io.carafe.oci.cli.ShortCommand;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Provider {@code gvisor}: handlers for runsc. */
@AutoService(RuntimeHandlerProvider.class)
public final class GvisorProvider implements RuntimeHandlerProvider {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Path KVM = Path.of("/dev/kvm");
    private static final String VERSION = "runsc version ";

    public GvisorProvider() {}

    @Override
    public String name() {
        return "gvisor";
    }

    @Override
    public Set<String> optionNames() {
        return GvisorOptions.NAMES;
    }

    @Override
    public Availability availability(Options options) {
        try {
            return availability(GvisorOptions.from(options));
        } catch (CommandFailure e) {
            return new Availability.Missing(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Availability.Missing("asking runsc for its version was interrupted");
        }
    }

    private static Availability availability(GvisorOptions options) throws CommandFailure, InterruptedException {
        Optional<String> missing = Programs.missing("runsc", Optional.of(options.path()), GvisorOptions.PATH)
                .or(() -> Programs.missing("conmon", options.conmon(), GvisorOptions.CONMON_PATH));
        if (missing.isPresent()) {
            return new Availability.Missing(missing.get());
        }
        String runsc = version(options.path());
        if (!runsc.startsWith(VERSION)) {
            return new Availability.Missing(
                    options.path() + " is not runsc: --version answers '" + runsc + "'; correct the option path");
        }
        if (options.platform() == GvisorOptions.Platform.KVM && !Files.isWritable(KVM)) {
            return new Availability.Missing("platform = \"kvm\" needs " + KVM + ", which is not there; take systrap");
        }
        return new Availability.Available(runsc + ", " + version(options.conmonOrDefault()));
    }

    private static String version(Path program) throws CommandFailure, InterruptedException {
        return ShortCommand.run(program + " --version", List.of(program.toString(), "--version"), new byte[0], TIMEOUT)
                .lines()
                .findFirst()
                .orElse("");
    }

    @Override
    public RuntimeHandler create(HandlerContext context) {
        return new GvisorHandler(context, GvisorOptions.from(context.backend().options()));
    }
}
