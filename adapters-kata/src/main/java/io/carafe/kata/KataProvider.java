package io.carafe.kata;

import com.google.auto.service.AutoService;
import io.carafe.linux.capability.KernelFeatures;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.util.Set;

/** Provider {@code kata}: handlers whose pods are virtual machines. Available where the host can run them. */
@AutoService(RuntimeHandlerProvider.class)
public final class KataProvider implements RuntimeHandlerProvider {
    @Override
    public String name() {
        return "kata";
    }

    @Override
    public Set<String> optionNames() {
        return ShimOptions.KATA_NAMES;
    }

    @Override
    public Availability availability(Options options) {
        return ShimProbe.availability(
                () -> ShimOptions.kata(options),
                "--version",
                () -> KataHost.THIS.misses(ShimOptions.kata(options).configPath()));
    }

    @Override
    public RuntimeHandler create(HandlerContext context) {
        ShimOptions options = ShimOptions.kata(context.backend().options());
        return new ShimHandler(context, options, new ShimFeatures(options, KernelFeatures.HOST).missing());
    }
}
