package io.carafe.kata;

import com.google.auto.service.AutoService;
import io.carafe.linux.capability.KernelFeatures;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.util.List;
import java.util.Set;

/** Provider {@code shim}: handlers for any shim v2; of what kind it is, its name or option {@code profile} tells. */
@AutoService(RuntimeHandlerProvider.class)
public final class ShimProvider implements RuntimeHandlerProvider {
    @Override
    public String name() {
        return "shim";
    }

    @Override
    public Set<String> optionNames() {
        return ShimOptions.NAMES;
    }

    @Override
    public Availability availability(Options options) {
        return ShimProbe.availability(() -> ShimOptions.any(options), "-v", List::of);
    }

    @Override
    public RuntimeHandler create(HandlerContext context) {
        ShimOptions options = ShimOptions.any(context.backend().options());
        return new ShimHandler(context, options, new ShimFeatures(options, KernelFeatures.HOST).missing());
    }
}
