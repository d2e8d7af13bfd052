package io.carafe.cli.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.outcome.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.SSLSocketFactory;

/** The HTTP request that makes a connection one of SPDY. */
final class HttpUpgrade {
    private static final int LONGEST_HEAD = 16 * 1024;
    private static final int LONGEST_REASON = 4096;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private HttpUpgrade() {}

    static Socket toSpdy(URI url, String protocol) throws IOException {
        Socket socket = connect(url);
        boolean done = false;
        try {
            String path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
            String request = "POST " + path + " HTTP/1.1\r\nHost: " + url.getAuthority()
                    + "\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: " + protocol
                    + "\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            String head = head(socket.getInputStream());
            if (!head.matches("(?s)HTTP/1\\.1 101 .*")) {
                socket.setSoTimeout(CONNECT_MILLIS);
                String reason = new String(socket.getInputStream().readNBytes(LONGEST_REASON), UTF_8).strip();
                throw new CommandFault(
                        ExitCode.FAILED,
                        "the runtime refuses the stream: "
                                + head.lines().findFirst().orElse("") + (reason.isEmpty() ? "" : ": " + reason));
            }
            done = true;
            return socket;
        } finally {
            if (!done) {
                socket.close();
            }
        }
    }

    private static Socket connect(URI url) throws IOException {
        boolean tls = "https".equals(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : tls ? HTTPS : HTTP;
        String host = url.getHost().replaceAll("^\\[|]$", "");
        Socket socket = tls ? SSLSocketFactory.getDefault().createSocket() : new Socket();
        socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** To the empty line and not a byte further. */
    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (head.size() < LONGEST_HEAD && !head.toString(UTF_8).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            head.write(b);
        }
        return head.toString(UTF_8);
    }
}
