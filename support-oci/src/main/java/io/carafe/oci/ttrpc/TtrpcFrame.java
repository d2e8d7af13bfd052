package io.carafe.oci.ttrpc;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/**
 * A header of ten bytes (length, stream, type, flags; big endian) and its message.
 *
 * @param stream odd numbers, given by the client, one a call
 */
public record TtrpcFrame(int stream, byte type, byte[] message) {
    public static final byte REQUEST = 1;
    public static final byte RESPONSE = 2;
    public static final int LONGEST = 4 << 20;

    private static final int HEADER = 10;

    /** Empty at the end of the stream. */
    public static Optional<TtrpcFrame> read(ReadableByteChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        if (!fill(channel, header)) {
            return Optional.empty();
        }
        int length = header.getInt();
        int stream = header.getInt();
        byte type = header.get();
        if (length < 0 || length > LONGEST) {
            throw new IOException("a frame of " + Integer.toUnsignedString(length) + " bytes; this is no ttrpc");
        }
        ByteBuffer message = ByteBuffer.allocate(length);
        if (length > 0 && !fill(channel, message)) {
            throw new EOFException("the stream ended inside a frame");
        }
        return Optional.of(new TtrpcFrame(stream, type, message.array()));
    }

    public void write(ByteChannel channel) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(HEADER + message.length)
                .putInt(message.length)
                .putInt(stream)
                .put(type)
                .put((byte) 0)
                .put(message)
                .flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    /** False if the stream ended before the first byte. */
    private static boolean fill(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                if (buffer.position() == 0) {
                    return false;
                }
                throw new EOFException("the stream ended inside a frame");
            }
        }
        buffer.flip();
        return true;
    }
}
