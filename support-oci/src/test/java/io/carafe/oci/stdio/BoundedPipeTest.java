package io.carafe.oci.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoundedPipeTest {
    private static final byte[] BYTES = "0123456789".getBytes(StandardCharsets.US_ASCII);

    @Test
    void moreThanFitsGoesThroughWhileItIsRead() throws Exception {
        BoundedPipe pipe = new BoundedPipe(7, Optional.empty());
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 1000; i++) {
                    pipe.write(BYTES, 0, BYTES.length);
                }
                pipe.end(Optional.empty());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        byte[] read = pipe.readAllBytes();

        writer.join();
        assertThat(read).hasSize(10_000).startsWith(BYTES).endsWith(BYTES);
    }

    @Test
    void readerThatTakesNothingIsGivenUp() throws Exception {
        BoundedPipe pipe = new BoundedPipe(4, Optional.of(Duration.ofMillis(20)));

        assertThat(pipe.write(BYTES, 0, 10)).isFalse();

        pipe.end(Optional.of("detached"));
        assertThat(pipe.readNBytes(4)).hasSize(4);
        assertThatThrownBy(pipe::read).isInstanceOf(IOException.class).hasMessage("detached");
    }

    @Test
    void whatAClosedReaderMissesIsDropped() throws Exception {
        BoundedPipe pipe = new BoundedPipe(4, Optional.empty());
        pipe.close();

        assertThat(pipe.write(BYTES, 0, 10)).isTrue();
        assertThatThrownBy(pipe::read).isInstanceOf(IOException.class);
    }

    @Test
    void closingFreesAWaitingWriter() throws Exception {
        BoundedPipe pipe = new BoundedPipe(4, Optional.empty());
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                pipe.write(BYTES, 0, 10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        pipe.close();

        assertThat(writer.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void firstEndCounts() throws Exception {
        BoundedPipe pipe = new BoundedPipe(4, Optional.empty());
        pipe.write(BYTES, 0, 2);
        pipe.end(Optional.empty());
        pipe.end(Optional.of("late"));

        assertThat(pipe.available()).isEqualTo(2);
        assertThat(pipe.readAllBytes()).hasSize(2);
    }
}
