package io.carafe.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import io.carafe.domain.resource.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BlobStreamTest {
    private static final byte[] HELLO = "hello, layers".getBytes(StandardCharsets.UTF_8);

    /** Gives {@code piece} bytes per connection. */
    private static final class Pieces implements BlobStream.Source {
        private final byte[] content;
        private final int piece;
        private final List<Long> offsets = new ArrayList<>();
        private boolean distrusted;

        Pieces(byte[] content, int piece) {
            this.content = content;
            this.piece = piece;
        }

        @Override
        public InputStream openAt(long offset, int idle) {
            offsets.add(offset);
            int end = (int) Math.min(content.length, offset + piece);
            return new ByteArrayInputStream(Arrays.copyOfRange(content, (int) offset, end));
        }

        @Override
        public void distrust() {
            distrusted = true;
        }
    }

    private static Descriptor descriptor(String algorithm, byte[] content) {
        return new Descriptor("t", Digesting.of(algorithm, content), new Bytes(content.length));
    }

    private static BlobStream stream(byte[] content, BlobStream.Source source) throws InterruptedException {
        return new BlobStream("pull blob x", descriptor("sha256", content), source);
    }

    @Test
    void emptyBlobIsVerified() throws Exception {
        assertThat(stream(new byte[0], new Pieces(new byte[0], 10)).readAllBytes())
                .isEmpty();
        Descriptor wrong = new Descriptor("t", Digest.sha256("0".repeat(64)), Bytes.ZERO);
        assertThatThrownBy(() -> new BlobStream("a", wrong, new Pieces(new byte[0], 1)).readAllBytes())
                .hasCauseInstanceOf(Fault.Corrupt.class);
    }

    @Test
    void sha512IsVerified() throws Exception {
        BlobStream stream = new BlobStream("a", descriptor("sha512", HELLO), new Pieces(HELLO, 100));
        assertThat(stream.readAllBytes()).isEqualTo(HELLO);
    }

    @Test
    void everyConnectionGoesOnWhereTheLastOneEnded() throws Exception {
        Pieces pieces = new Pieces(HELLO, 5);
        assertThat(stream(HELLO, pieces).readAllBytes()).isEqualTo(HELLO);
        assertThat(pieces.offsets).containsExactly(0L, 5L, 10L);
    }

    @Test
    void oneByteAtATimeIsTheSame() throws Exception {
        BlobStream stream = stream(HELLO, new Pieces(HELLO, 4));
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int b = stream.read(); b >= 0; b = stream.read()) {
            read.write(b);
        }
        assertThat(read.toByteArray()).isEqualTo(HELLO);
        assertThat(stream.read()).isEqualTo(-1);
    }

    @Test
    void connectionsThatBringLittleEnd() {
        byte[] long1 = new byte[1000];
        assertThatThrownBy(() -> stream(long1, new Pieces(long1, 1)).readAllBytes())
                .hasCauseInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("of 1000 bytes");
    }

    @Test
    void wrongContentIsDistrusted() throws Exception {
        byte[] other = HELLO.clone();
        other[0] ^= 1;
        Pieces pieces = new Pieces(other, 100);
        BlobStream stream = stream(HELLO, pieces);
        assertThatThrownBy(stream::readAllBytes).hasCauseInstanceOf(Fault.Corrupt.class);
        assertThat(pieces.distrusted).isTrue();
    }

    @Test
    void closedStreamGivesNothingMore() throws Exception {
        BlobStream stream = stream(HELLO, new Pieces(HELLO, 100));
        assertThat(stream.read()).isEqualTo('h');
        stream.close();
        assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    @Test
    void severalGzipMembersAreAllSeen() throws Exception {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(members)) {
                gzip.write(HELLO);
            }
        }
        byte[] blob = members.toByteArray();
        int end = blob.length / 3; // a connection ends exactly where a member does
        InputStream plain = new GZIPInputStream(stream(blob, new Pieces(blob, end)));
        assertThat(plain.readAllBytes()).hasSize(3 * HELLO.length);
    }
}
