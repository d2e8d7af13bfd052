package io.carafe.application.handler;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.spi.Availability;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Finds the handler for a new pod by name, and that of an old pod by what it was started with.
 *
 * <p>Concurrency: safe. A new table counts for whoever asks after {@link #replace}; a call under way has the old one, whole.
 */
public final class Handlers {
    private final MadeHandlers made;
    /** Those of pods that have no record yet. */
    private final Map<Object, HandlerBinding> held = new ConcurrentHashMap<>();

    private volatile HandlerTable table;

    /**
     * @param make makes the handler of a binding, also of one that is no longer configured or whose program is missing; empty if its
     *     provider is gone
     */
    public Handlers(HandlerTable table, Function<HandlerBinding, Optional<RuntimeHandler>> make) {
        this.table = table;
        this.made = new MadeHandlers(make);
    }

    public HandlerTable table() {
        return table;
    }

    /** From now on new pods have these; pods that are there keep what they were started with. */
    public void replace(HandlerTable next) {
        table = next;
    }

    /**
     * What the configuration says of a handler; an empty name means the default.
     *
     * @throws Fault.InvalidArgument if the configuration has none of that name
     * @throws Fault.Unavailable if it cannot work here
     */
    public HandlerBinding bindingFor(String name) {
        return bindingFor(name, table);
    }

    private static HandlerBinding bindingFor(String name, HandlerTable now) {
        String wanted = name.isEmpty() ? now.defaultName() : name;
        ConfiguredHandler handler = now.byName().get(wanted);
        if (handler == null) {
            throw new Fault.InvalidArgument("runtime handler '" + wanted + "' is not configured; there are "
                    + now.byName().keySet()
                    + ": add [handlers." + wanted + "] to the configuration, or correct the RuntimeClass");
        }
        if (handler.availability() instanceof Availability.Missing(String reason)) {
            throw new Fault.Unavailable("runtime handler '" + wanted + "' cannot be used: " + reason);
        }
        return handler.binding();
    }

    /**
     * Chooses the handler of a new pod.
     *
     * @throws Fault.InvalidArgument if the configuration has none of that name
     * @throws Fault.Unavailable if it cannot work here
     */
    public HandlerChoice choose(String name) {
        while (true) {
            HandlerTable now = table;
            HandlerBinding binding = bindingFor(name, now);
            Runnable release = hold(binding);
            boolean chosen = false;
            try {
                // whoever looks for bindings in use after a change of the table has either seen this one or is seen
                // here
                if (table.equals(now)) {
                    chosen = true;
                    return new HandlerChoice(binding, of(binding), release);
                }
            } finally {
                if (!chosen) {
                    release.run();
                }
            }
        }
    }

    /** Keeps what a binding needs until the answer is run. */
    public Runnable hold(HandlerBinding binding) {
        Object key = new Object();
        held.put(key, binding);
        return () -> held.remove(key);
    }

    /** The bindings of the table and of pods that are being made. */
    public Set<HandlerBinding> inUse() {
        Set<HandlerBinding> used = new HashSet<>(held.values());
        table.byName().values().forEach(handler -> used.add(handler.binding()));
        return used;
    }

    /** Lets go of the handlers of all other bindings. */
    public void keepOnly(Set<HandlerBinding> used) {
        made.keepOnly(used);
    }

    /** The handler a pod was started with, also after the configuration has changed. */
    public RuntimeHandler of(HandlerBinding binding) {
        return made.serving(
                binding,
                () -> configured(binding)
                        .map(ConfiguredHandler::availability)
                        .orElseGet(() -> new Availability.Missing("not configured")));
    }

    /** What a handler cannot do, with its own reasons, as of now; empty where it cannot be used, since then nothing is known. */
    public Map<RuntimeFeature, String> missingFeatures(ConfiguredHandler handler) {
        return handler.availability() instanceof Availability.Available now
                ? made.missingFeatures(handler.binding(), now)
                : Map.of();
    }

    /**
     * Refuses what the handler of a binding cannot do.
     *
     * @throws Fault.Unsupported with the handler's own reason
     */
    public void require(HandlerBinding binding, RuntimeFeature feature, String wanted) {
        whyNot(binding, feature).ifPresent(reason -> {
            throw new Fault.Unsupported(
                    wanted + " is not possible with runtime handler '" + binding.name() + "': " + reason);
        });
    }

    /** The reason of the handler of a binding for not having a feature; empty if it has it. */
    public Optional<String> whyNot(HandlerBinding binding, RuntimeFeature feature) {
        Map<RuntimeFeature, String> missing = configured(binding)
                .map(ConfiguredHandler::lastKnown)
                .flatMap(now -> now instanceof Availability.Available available
                        ? Optional.of(made.missingFeatures(binding, available))
                        : Optional.empty())
                .orElseGet(() -> of(binding).missingFeatures());
        return Optional.ofNullable(missing.get(feature));
    }

    private Optional<ConfiguredHandler> configured(HandlerBinding binding) {
        return Optional.ofNullable(table.byName().get(binding.name()))
                .filter(handler -> handler.binding().equals(binding));
    }
}
