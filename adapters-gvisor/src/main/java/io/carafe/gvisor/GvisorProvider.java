package io.carafe.gvisor;

import com.google.auto.service.AutoService;
import io.carafe.domain.fault.Fault;
import io.carafe.oci.cli.CommandFailure;
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
import java.util.Set;

/** Provider {@code gvisor}. Never available yet, so that no pod is sent to it, but it tells what it finds. */
@AutoService(RuntimeHandlerProvider.class)
public final class GvisorProvider implements RuntimeHandlerProvider {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Path KVM = Path.of("/dev/kvm");

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
            return new Availability.Missing(reason(GvisorOptions.from(options)));
        } catch (Fault | CommandFailure e) {
            return new Availability.Missing(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Availability.Missing("asking runsc for its version was interrupted");
        }
    }

    private static String reason(GvisorOptions options) throws CommandFailure, InterruptedException {
        Path program = options.path();
        if (!Files.isExecutable(program)) {
            return "runsc is not at " + program + ", or cannot be executed; install gVisor or correct the option path";
        }
        String output = ShortCommand.run(
                program + " --version", List.of(program.toString(), "--version"), new byte[0], TIMEOUT);
        if (!output.startsWith("runsc version ")) {
            return program + " is not runsc: --version answers '" + output.strip() + "'; correct the option path";
        }
        if (options.platform() == GvisorOptions.Platform.KVM && !Files.isWritable(KVM)) {
            return "platform = \"kvm\" needs " + KVM + ", which is not there; take systrap";
        }
        String version = output.lines().findFirst().orElse("").substring("runsc version ".length());
        return "this version of Carafe finds runsc " + version + " at " + program + ", but cannot run pods with it yet";
    }

    /** @throws Fault.Unsupported always */
    @Override
    public RuntimeHandler create(HandlerContext context) {
        throw new Fault.Unsupported("handler " + context.name()
                + ": this version of Carafe cannot run pods with gVisor yet; choose another handler");
    }
}
