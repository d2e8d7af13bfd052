package io.carafe.ports.runtime;

import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.ports.spi.BackendContext;

/**
 * What a handler is given at its making.
 *
 * @param name the CRI runtime handler it serves
 * @param exits told of every exit, from any thread; must be called without a lock held
 * @param output what {@link Execs#run} collects with, once it is more than some kilobytes
 */
public record HandlerContext(
        String name, BackendContext backend, CgroupDriver cgroupDriver, ExitSink exits, OutputBudget output) {
    /** Of a handler that is alone. */
    public HandlerContext(String name, BackendContext backend, CgroupDriver cgroupDriver, ExitSink exits) {
        this(name, backend, cgroupDriver, exits, OutputBudget.UNLIMITED);
    }
}
