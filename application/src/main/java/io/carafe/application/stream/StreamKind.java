package io.carafe.application.stream;

/** The streams that CRI answers a URL for. */
public enum StreamKind {
    EXEC,
    ATTACH,
    PORT_FORWARD
}
