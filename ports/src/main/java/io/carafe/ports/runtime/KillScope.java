package io.carafe.ports.runtime;

/** Whom a signal reaches. */
public enum KillScope {
    /** The container's first process. */
    INIT,
    /** Every process of the container. */
    ALL
}
