package io.carafe.ports.tck.runtime;

import io.carafe.ports.runtime.RuntimeHandlerProvider;
import java.util.Arrays;

/** Serves a provider that is on the class path, by the name of its class. */
final class ClassPathHandler {
    private ClassPathHandler() {}

    public static void main(String... arguments) throws Exception {
        RuntimeHandlerProvider provider = Class.forName(arguments[0])
                .asSubclass(RuntimeHandlerProvider.class)
                .getConstructor()
                .newInstance();
        HandlerProcess.serve(provider, Arrays.asList(arguments).subList(1, arguments.length));
    }
}
