package io.carafe.application.node;

/** The end of the daemon, as its code would see a kill -9 if it could: every further call of a port throws it. */
public final class PowerLoss extends Error {
    PowerLoss(String at) {
        super(at, null, false, false);
    }
}
