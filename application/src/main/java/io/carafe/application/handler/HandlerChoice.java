package io.carafe.application.handler;

import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.ports.runtime.RuntimeHandler;

/**
 * The handler of a new pod. Until it is closed, what the binding needs is kept also if a reload takes the handler out; by then the
 * pod's record must name the binding.
 */
public record HandlerChoice(HandlerBinding binding, RuntimeHandler handler, Runnable release) implements AutoCloseable {
    @Override
    public void close() {
        release.run();
    }
}
