package io.carafe.application.handler;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.spi.Availability;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The handlers of bindings. One object serves all containers of a binding from its making on, since it watches those that it
 * adopted. What a handler cannot do is probed at its making, and its program may have been missing then; so another object, which
 * never hears of a container, tells it anew when the program has come or has changed. Thread-safe.
 */
final class MadeHandlers {
    /** @param then what was known of the program when it was made */
    private record Made(RuntimeHandler handler, Map<RuntimeFeature, String> missingFeatures, Availability then) {}

    private final Function<HandlerBinding, Optional<RuntimeHandler>> make;
    private final Map<HandlerBinding, Made> serving = new ConcurrentHashMap<>();
    private final Map<HandlerBinding, Made> probed = new ConcurrentHashMap<>();

    MadeHandlers(Function<HandlerBinding, Optional<RuntimeHandler>> make) {
        this.make = make;
    }

    /** @param now asked whether its program is there, if it is made here */
    RuntimeHandler serving(HandlerBinding binding, Supplier<Availability> now) {
        return serving.computeIfAbsent(binding, wanted -> made(wanted, now.get()))
                .handler();
    }

    /** What a handler of this binding cannot do with the program that is there now. */
    Map<RuntimeFeature, String> missingFeatures(HandlerBinding binding, Availability.Available now) {
        Made first = serving.computeIfAbsent(binding, wanted -> made(wanted, now));
        if (first.then().equals(now)) {
            return first.missingFeatures();
        }
        return probed.compute(
                        binding, (wanted, last) -> last != null && last.then().equals(now) ? last : made(wanted, now))
                .missingFeatures();
    }

    void keepOnly(Set<HandlerBinding> used) {
        serving.keySet().retainAll(used);
        probed.keySet().retainAll(used);
    }

    private Made made(HandlerBinding binding, Availability now) {
        Optional<Made> made;
        try {
            made = make.apply(binding).map(handler -> new Made(handler, Map.copyOf(handler.missingFeatures()), now));
        } catch (Fault e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new Fault.Unavailable(
                    "runtime handler '" + binding.name() + "' cannot be made: its provider '" + binding.provider()
                            + "' failed: " + e,
                    e);
        }
        return made.orElseThrow(() ->
                new Fault.Unavailable("the provider '" + binding.provider() + "' of runtime handler '" + binding.name()
                        + "' is not installed any more: put its JAR back to stop and remove its pods"));
    }
}
