package io.carafe.streaming;

/** The streams that CRI answers a URL for. */
public enum StreamKind {
    EXEC("Exec"),
    ATTACH("Attach"),
    PORT_FORWARD("PortForward");

    private final String call;

    StreamKind(String call) {
        this.call = call;
    }

    /** The CRI call. */
    public String call() {
        return call;
    }
}
