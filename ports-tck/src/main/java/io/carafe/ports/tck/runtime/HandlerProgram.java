package io.carafe.ports.tck.runtime;

import io.carafe.ports.runtime.RuntimeHandlerProvider;
import java.util.List;

/**
 * A main on the kit's class path that hands a provider to {@link HandlerProcess#serve}.
 *
 * @param arguments its own; those of the kit follow them
 */
public record HandlerProgram(Class<?> main, List<String> arguments) {
    public HandlerProgram {
        arguments = List.copyOf(arguments);
    }

    static HandlerProgram of(RuntimeHandlerProvider provider) {
        return new HandlerProgram(
                ClassPathHandler.class, List.of(provider.getClass().getName()));
    }
}
