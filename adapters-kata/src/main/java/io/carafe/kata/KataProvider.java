package io.carafe.kata;

import com.google.auto.service.AutoService;
import io.carafe.domain.fault.Fault;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.util.Set;

/** Provider {@code kata}. Never available yet, so that no pod is sent to it, but it tells what it finds. */
@AutoService(RuntimeHandlerProvider.class)
public final class KataProvider implements RuntimeHandlerProvider {
    @Override
    public String name() {
        return "kata";
    }

    @Override
    public Set<String> optionNames() {
        return ShimOptions.NAMES;
    }

    @Override
    public Availability availability(Options options) {
        return ShimProbe.availability(() -> ShimOptions.kata(options), "--version", KataHost.THIS::misses);
    }

    /** @throws Fault.Unsupported always */
    @Override
    public RuntimeHandler create(HandlerContext context) {
        throw new Fault.Unsupported("handler " + context.name()
                + ": this version of Carafe cannot run pods with Kata yet; choose another handler");
    }
}
