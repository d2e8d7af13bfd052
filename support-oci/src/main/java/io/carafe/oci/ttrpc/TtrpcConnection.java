package io.carafe.oci.ttrpc;

import io.carafe.linux.poll.Readiness;
import io.carafe.linux.socket.UnixStream;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A client's connection to a ttrpc server.
 *
 * <p>Calls are told apart by their stream, so any number may be under way, and one that waits for hours disturbs no other. When the
 * connection ends, every pending and every later call fails at once with {@link TtrpcFailure.Lost}; there is no reconnecting in here.
 *
 * <p>Concurrency: safe; {@link #pump} runs on a thread of its own.
 */
public final class TtrpcConnection implements AutoCloseable {
    private final ByteChannel channel;
    private final String peer;
    private final ReentrantLock sending = new ReentrantLock();
    private final Map<Integer, PendingCall> pending = new ConcurrentHashMap<>();
    /** Guarded by {@link #sending}. */
    private int lastStream = -1;

    private volatile Optional<String> end = Optional.empty();

    TtrpcConnection(ByteChannel channel, String peer) {
        this.channel = channel;
        this.peer = peer;
    }

    /** @throws IOException if nobody listens there */
    public static TtrpcConnection connect(Path socket, Readiness readiness) throws IOException {
        return new TtrpcConnection(UnixStream.connect(socket, readiness), socket.toString());
    }

    /** Brings answers to those who wait, until the connection ends. Never throws: a failure arrives at the calls. */
    public void pump() {
        String why = "the server has closed the connection";
        try {
            Optional<TtrpcFrame> frame = TtrpcFrame.read(channel);
            while (frame.isPresent()) {
                deliver(frame.get());
                frame = TtrpcFrame.read(channel);
            }
        } catch (IOException e) {
            why = e.toString();
        } finally {
            end(why);
        }
    }

    /** Calls and waits for the answer. */
    public ProtoFields call(String service, String method, ProtoMessage request, Duration deadline)
            throws TtrpcFailure, InterruptedException {
        try (PendingCall call = send(service, method, request, Optional.of(deadline))) {
            return call.await(deadline);
        }
    }

    /** Sends the request; the answer is waited for, without limit, by {@link PendingCall#await()}. */
    public PendingCall begin(String service, String method, ProtoMessage request) throws TtrpcFailure {
        return send(service, method, request, Optional.empty());
    }

    public boolean isOpen() {
        return end.isEmpty();
    }

    /** Ends all calls. Idempotent. */
    @Override
    public void close() {
        end("closed");
    }

    private PendingCall send(String service, String method, ProtoMessage request, Optional<Duration> deadline)
            throws TtrpcFailure {
        String name = service + "/" + method;
        byte[] message = new ProtoMessage()
                .text(1, service)
                .text(2, method)
                .bytes(3, request.toBytes())
                .number(4, deadline.map(Duration::toNanos).orElse(0L))
                .toBytes();
        if (message.length > TtrpcFrame.LONGEST) {
            throw new TtrpcFailure.Refused(
                    name, StatusCode.FAILED_PRECONDITION, "a request of " + message.length + " bytes is too long");
        }
        sending.lock();
        try {
            lastStream += 2;
            int stream = lastStream;
            PendingCall call = new PendingCall(name, () -> pending.remove(stream));
            pending.put(stream, call);
            // looked at after the call can be found: either we see the end here, or the end sees the call
            if (end.isPresent()) {
                call.lose(lost(end.get()));
            } else {
                new TtrpcFrame(stream, TtrpcFrame.REQUEST, message).write(channel);
            }
            return call;
        } catch (IOException e) {
            // part of a frame may have gone out, so nothing more can follow it
            end(e.toString());
            // what ended it first says more than that it is closed
            throw new TtrpcFailure.Lost(name + ": " + lost(end.orElse(e.toString())), e);
        } finally {
            sending.unlock();
        }
    }

    private void deliver(TtrpcFrame frame) throws IOException {
        // what is not waited for is an answer after its deadline
        PendingCall call = pending.remove(frame.stream());
        if (call != null && frame.type() == TtrpcFrame.RESPONSE) {
            call.answer(ProtoFields.parse(frame.message()));
        }
    }

    private void end(String why) {
        if (end.isEmpty()) {
            end = Optional.of(why);
        }
        try {
            channel.close();
        } catch (IOException e) {
            // it is of no use any more
        }
        for (PendingCall call : List.copyOf(pending.values())) {
            call.lose(lost(end.orElse(why)));
        }
    }

    private String lost(String why) {
        return "the connection to " + peer + " is lost: " + why;
    }
}
