package io.carafe.assembly.discovery;

/** A JAR cannot be used, and why. */
final class UnfitJarException extends Exception {
    UnfitJarException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
