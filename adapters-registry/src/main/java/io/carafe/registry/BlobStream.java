package io.carafe.registry;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;

/**
 * A blob, hashed as it is read. A broken connection is replaced by one that goes on where it broke, from any host: the digest
 * covers the whole. Size and digest are checked before the last byte is handed out, so nobody who read all bytes missed it.
 */
final class BlobStream extends InputStream {
    /** Connections in a row that may break without having brought a byte. */
    private static final int MOST_IDLE = 5;

    private static final int MOST_RESUMES = 100;

    /** Where the bytes come from. */
    interface Source {
        /**
         * @param idle how many connections in a row have brought nothing; there is a pause before the next one
         * @throws Fault if no host gives them
         */
        InputStream openAt(long offset, int idle) throws InterruptedException;

        /** The hosts that gave bytes so far did not give what the digest says. */
        void distrust();
    }

    private final String action;
    private final Descriptor blob;
    private final Source source;
    private final MessageDigest hash;
    private InputStream body;
    private long received;
    private long receivedAtResume;
    private int idle;
    private int resumes;
    private boolean verified;
    private volatile boolean closed;
    private Optional<IOException> failure = Optional.empty();

    /** @throws Fault if no host gives the blob */
    BlobStream(String action, Descriptor blob, Source source) throws InterruptedException {
        this.action = action;
        this.blob = blob;
        this.source = source;
        this.hash = Digesting.start(blob.digest().algorithm());
        this.body = source.openAt(0, 0);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (closed) {
            throw new IOException(action + ": the stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        int count = remaining() == 0 ? -1 : receive(target, offset, (int) Math.min(length, remaining()));
        if (count > 0) {
            hash.update(target, offset, count);
            received += count;
        }
        if (remaining() == 0 && !verified) {
            verify();
        }
        return count;
    }

    /** Never 0 before the end: GZIPInputStream takes that for the end of a blob of several gzip members. */
    @Override
    public int available() throws IOException {
        return remaining() == 0 ? 0 : Math.max(1, body.available());
    }

    private long remaining() {
        return blob.size().value() - received;
    }

    private int receive(byte[] target, int offset, int length) throws IOException {
        while (true) {
            try {
                int count = body.read(target, offset, length);
                if (count > 0) {
                    return count;
                }
                resume(new IOException("the connection ended after " + received + " bytes"));
            } catch (InterruptedIOException e) {
                throw failed(e);
            } catch (IOException e) {
                resume(e);
            }
        }
    }

    private void resume(IOException broken) throws IOException {
        closeBody();
        if (closed) {
            throw new IOException(action + ": the stream was closed", broken);
        }
        idle = received > receivedAtResume ? 0 : idle + 1;
        receivedAtResume = received;
        if (idle > MOST_IDLE || ++resumes > MOST_RESUMES) {
            String text = HostRounds.REGISTRY_UNAVAILABLE + ": " + action + ": given up after " + received + " of "
                    + blob.size().value() + " bytes and " + resumes + " resumptions: " + broken.getMessage();
            throw failed(new IOException(text, new Fault.Unavailable(text, broken)));
        }
        try {
            body = source.openAt(received, idle);
        } catch (Fault fault) {
            throw failed(new IOException(fault.getMessage(), fault));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException(action + ": interrupted");
            interrupted.initCause(e);
            throw failed(interrupted);
        }
    }

    private void verify() throws IOException {
        if (goesOn()) {
            throw corrupt("it goes on after the " + blob.size().value() + " bytes that the manifest says");
        }
        Digest found = Digesting.finish(blob.digest().algorithm(), hash);
        if (!found.equals(blob.digest())) {
            throw corrupt("its digest is " + found);
        }
        verified = true;
    }

    /** Also reads the end of the body, after which its connection can be used again. */
    private boolean goesOn() {
        try {
            return body.read() >= 0;
        } catch (IOException e) {
            return false; // all bytes are here; how the connection ended does not matter
        }
    }

    private IOException corrupt(String found) {
        source.distrust();
        String text =
                action + ": what came is not the blob: " + found + "; pull again, other hosts will be asked first";
        return failed(new IOException(text, new Fault.Corrupt(text)));
    }

    /** From now on every read fails in this way. */
    private IOException failed(IOException e) {
        failure = Optional.of(e);
        closeBody();
        return e;
    }

    private void closeBody() {
        try {
            body.close();
        } catch (IOException e) {
            // its bytes are of no use any more
        }
    }

    @Override
    public void close() {
        closed = true;
        closeBody();
    }
}
