package io.carafe.application.handler;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.spi.Availability;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Finds the handler for a new pod by name, and that of an old pod by what it was started with. */
public final class Handlers {
    private final String defaultName;
    private final Map<String, ConfiguredHandler> configured = new TreeMap<>();
    private final Function<HandlerBinding, Optional<RuntimeHandler>> make;
    private final Map<HandlerBinding, RuntimeHandler> byBinding = new ConcurrentHashMap<>();

    /**
     * @param make makes the handler of a binding, also of one that is no longer configured or whose program is missing; empty if its
     *     provider is gone
     */
    public Handlers(
            String defaultName,
            List<ConfiguredHandler> handlers,
            Function<HandlerBinding, Optional<RuntimeHandler>> make) {
        this.defaultName = defaultName;
        this.make = make;
        for (ConfiguredHandler handler : handlers) {
            configured.put(handler.name(), handler);
        }
    }

    public List<ConfiguredHandler> all() {
        return List.copyOf(configured.values());
    }

    public String defaultName() {
        return defaultName;
    }

    /**
     * The handler for a new pod; an empty name means the default.
     *
     * @throws Fault.InvalidArgument if the configuration has none of that name
     * @throws Fault.Unavailable if it cannot work here
     */
    public HandlerBinding bindingFor(String name) {
        String wanted = name.isEmpty() ? defaultName : name;
        ConfiguredHandler handler = configured.get(wanted);
        if (handler == null) {
            throw new Fault.InvalidArgument(
                    "runtime handler '" + wanted + "' is not configured; there are " + configured.keySet()
                            + ": add [handlers." + wanted + "] to the configuration, or correct the RuntimeClass");
        }
        if (handler.availability() instanceof Availability.Missing(String reason)) {
            throw new Fault.Unavailable("runtime handler '" + wanted + "' cannot be used: " + reason);
        }
        return handler.binding();
    }

    /** The handler a pod was started with, also after the configuration has changed. */
    public RuntimeHandler of(HandlerBinding binding) {
        return byBinding.computeIfAbsent(
                binding,
                wanted -> make.apply(wanted)
                        .orElseThrow(
                                () -> new Fault.Unavailable(
                                        "the provider '" + wanted.provider() + "' of runtime handler '" + wanted.name()
                                                + "' is not installed any more: put its JAR back to stop and remove its pods")));
    }

    /**
     * Refuses what the handler cannot do.
     *
     * @throws Fault.Unsupported with the handler's own reason
     */
    public static void require(HandlerBinding binding, RuntimeHandler handler, RuntimeFeature feature, String wanted) {
        String reason = handler.missingFeatures().get(feature);
        if (reason != null) {
            throw new Fault.Unsupported(
                    wanted + " is not possible with runtime handler '" + binding.name() + "': " + reason);
        }
    }
}
