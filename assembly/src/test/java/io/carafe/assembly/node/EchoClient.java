package io.carafe.assembly.node;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/** One stream each way of a session whose other end sends back what it is sent. One thread sends, one receives. */
interface EchoClient extends AutoCloseable {
    void send(byte[] bytes) throws IOException;

    /** Ends what is sent, where the protocol can. */
    void endSending() throws IOException;

    /** Hands over what comes, until there is {@code enough} or the stream has ended. */
    void receive(OutputStream sink, BooleanSupplier enough) throws IOException;

    @Override
    void close() throws IOException;
}
