package io.carafe.registry.http;

/**
 * Settings of the JDK's client that exist only as system properties, which it reads once, at its first use. What the command
 * line says counts more.
 */
public final class ClientSettings {
    /** Bytes of a read buffer: at the default of 16 KiB a download spends a third more processor time. */
    private static final String BUFFER_SIZE = "jdk.httpclient.bufsize";

    /** By default no password is sent to a proxy for https. */
    private static final String NO_TUNNEL_PASSWORD = "jdk.http.auth.tunneling.disabledSchemes";

    private ClientSettings() {}

    public static void apply(ProxyEnvironment proxies) {
        setDefault(BUFFER_SIZE, "65536");
        if (proxies.hasCredentials()) {
            setDefault(NO_TUNNEL_PASSWORD, "");
        }
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
