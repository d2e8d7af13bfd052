package io.carafe.registry.manifest;

/** The bytes are not a manifest that can be used; the message says why. Never leaves this module. */
public final class UnreadableManifestException extends Exception {
    private final boolean known;

    private UnreadableManifestException(String message, boolean known) {
        super(message);
        this.known = known;
    }

    static UnreadableManifestException malformed(String why) {
        return new UnreadableManifestException(why, false);
    }

    static UnreadableManifestException unsupported(String why) {
        return new UnreadableManifestException(why, true);
    }

    /** Whether it is a proper document of a kind that is not supported, rather than a broken one. */
    public boolean isUnsupported() {
        return known;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
