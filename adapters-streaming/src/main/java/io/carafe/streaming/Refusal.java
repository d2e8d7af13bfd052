package io.carafe.streaming;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A request that gets no stream, with the sentence that the client is told. */
final class Refusal extends Exception {
    private final transient HttpResponseStatus status;
    private final Map<String, List<String>> headers = new HashMap<>();

    Refusal(HttpResponseStatus status, String why) {
        super(why);
        this.status = status;
    }

    Refusal with(String header, List<String> values) {
        headers.put(header, values);
        return this;
    }

    /** Answers the request and closes the connection. */
    void answer(Channel channel) {
        var body = ByteBufUtil.writeUtf8(channel.alloc(), getMessage() + "\n");
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        headers.forEach((name, values) -> response.headers().set(name, values));
        var _ = channel.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
