package io.carafe.runc;

import com.google.auto.service.AutoService;
import io.carafe.linux.capability.KernelFeatures;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.util.Set;

/** Provider {@code runc}: handlers for runc and, with option {@code path}, for crun. */
@AutoService(RuntimeHandlerProvider.class)
public final class RuncProvider implements RuntimeHandlerProvider {
    public RuncProvider() {}

    @Override
    public String name() {
        return "runc";
    }

    @Override
    public Set<String> optionNames() {
        return RuncOptions.NAMES;
    }

    @Override
    public Availability availability(Options options) {
        return new RuncProbe(RuncOptions.of(options), KernelFeatures.HOST).availability();
    }

    @Override
    public RuntimeHandler create(HandlerContext context) {
        RuncOptions options = RuncOptions.of(context.backend().options());
        return new RuncHandler(context, options, new RuncProbe(options, KernelFeatures.HOST).missingFeatures());
    }
}
