package io.carafe.kata;

/** The process of a pod's shim has ended, or never was; it is certain. */
final class ShimDead extends Exception {
    private final String why;

    ShimDead(String message) {
        super(message);
        this.why = message;
    }

    String why() {
        return why;
    }
}
