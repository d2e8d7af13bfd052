package io.carafe.linux.fifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.poll.Readiness;
import io.carafe.linux.socket.Fifo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class FifoIT {
    private final Readiness readiness = new Readiness();

    @TempDir
    Path directory;

    private Path fifo;

    @BeforeEach
    void make() {
        fifo = directory.resolve("fifo");
        Fifo.make(fifo);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsLookedAtStaysUntilItIsTaken() throws IOException {
        try (FifoWriter writer = FifoWriter.open(fifo, readiness);
                FifoReader reader = FifoReader.open(fifo, readiness)) {
            writer.write(bytes("abcdef"));

            assertThat(reader.peek()).contains(bytes("abcdef"));
            assertThat(reader.peek()).contains(bytes("abcdef"));
            reader.take(2);
            assertThat(reader.peek()).contains(bytes("cdef"));
            assertThat(reader.read()).contains(bytes("cdef"));
            assertThat(reader.peek().orElseThrow()).isEmpty();
            assertThat(reader.read().orElseThrow()).isEmpty();
        }
    }

    @Test
    void whatAReaderLeavesIsThereForTheNext() throws IOException {
        try (FifoWriter writer = FifoWriter.open(fifo, readiness)) {
            try (FifoReader first = FifoReader.open(fifo, readiness)) {
                writer.write(bytes("abc"));
                assertThat(first.peek()).isPresent();
            }
            try (FifoReader second = FifoReader.open(fifo, readiness)) {
                assertThat(second.read()).contains(bytes("abc"));
            }
        }
    }

    @Test
    void endIsSeenWhenAllWritersHaveLeft() throws Exception {
        try (FifoReader reader = FifoReader.open(fifo, readiness)) {
            FifoWriter writer = FifoWriter.open(fifo, readiness);
            writer.write(bytes("x"));
            reader.awaitWriter();
            writer.close();

            assertThat(reader.read()).contains(bytes("x"));
            assertThat(reader.peek()).isEmpty();
            assertThat(reader.read()).isEmpty();
        }
    }

    @Test
    void writerThatLeavesWithoutAWordEndsTheWait() throws Exception {
        try (FifoReader reader = FifoReader.open(fifo, readiness)) {
            FifoWriter.open(fifo, readiness).close();

            reader.awaitWriter();

            assertThat(reader.read()).isEmpty();
        }
    }

    @Test
    void writerWaitsForRoomAndIsFreedByClosing() throws Exception {
        FifoWriter writer = FifoWriter.open(fifo, readiness);
        AtomicReference<Optional<IOException>> failure = new AtomicReference<>(Optional.empty());
        Thread writing = Thread.ofVirtual().start(() -> {
            try {
                writer.write(new byte[1 << 20]);
            } catch (IOException e) {
                failure.set(Optional.of(e));
            }
        });
        try (FifoReader reader = FifoReader.open(fifo, readiness)) {
            reader.awaitMore();
        }

        writer.close();
        writing.join();

        assertThat(failure.get()).hasValueSatisfying(e -> assertThat(e).hasMessageContaining("its input is closed"));
        assertThatThrownBy(() -> writer.write(1)).isInstanceOf(IOException.class);
    }

    @Test
    void fifoThatIsNotThereIsAFailure() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> FifoReader.open(missing, readiness)).isInstanceOf(LinuxException.class);
        assertThatThrownBy(() -> FifoWriter.open(missing, readiness)).isInstanceOf(LinuxException.class);
    }

    @Test
    void lastWhoTookTheLeaseHasIt() throws IOException {
        Path file = directory.resolve("reader");
        StringBuilder steps = new StringBuilder();
        try (ReaderLease first = ReaderLease.take(file)) {
            assertThat(first.run(() -> steps.append("1"))).isTrue();
            try (ReaderLease second = ReaderLease.take(file)) {
                assertThat(first.run(() -> steps.append("x"))).isFalse();
                assertThat(second.run(() -> steps.append("2"))).isTrue();
                Files.delete(file);
                assertThat(second.run(() -> steps.append("x"))).isFalse();
            }
        }
        assertThat(steps).hasToString("12");
    }
}
