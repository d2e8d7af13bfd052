package io.carafe.assembly.node;

import io.carafe.conformance.bench.SpdyClient;
import io.carafe.conformance.bench.SpdyClient.Stream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Over SPDY/3.1, as kubectl and crictl have it. */
record SpdyEcho(SpdyClient client, Stream input, Stream output) implements EchoClient {
    static SpdyEcho exec(String url) throws IOException {
        var client = SpdyClient.open(url, "v4.channel.k8s.io");
        client.stream("error");
        return new SpdyEcho(client, client.stream("stdin"), client.stream("stdout"));
    }

    static SpdyEcho forward(String url, int port) throws IOException {
        var client = SpdyClient.open(url, "portforward.k8s.io");
        client.stream(headers("error", port));
        Stream data = client.stream(headers("data", port));
        return new SpdyEcho(client, data, data);
    }

    private static Map<String, String> headers(String type, int port) {
        return Map.of("streamtype", type, "port", String.valueOf(port), "requestid", "0");
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        client.send(input, bytes);
    }

    @Override
    public void endSending() throws IOException {
        client.end(input);
    }

    @Override
    public void receive(OutputStream sink, BooleanSupplier enough) throws IOException {
        client.copy(output, sink, enough);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
