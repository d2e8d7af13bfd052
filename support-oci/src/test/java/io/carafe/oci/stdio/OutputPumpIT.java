package io.carafe.oci.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.linux.fifo.FifoReader;
import io.carafe.linux.fifo.ReaderLease;
import io.carafe.linux.poll.Readiness;
import io.carafe.linux.socket.Fifo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class OutputPumpIT {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Readiness readiness = new Readiness();
    private final FanOut clients = new FanOut();

    @TempDir
    Path directory;

    @BeforeEach
    void makeFifo() {
        Fifo.make(fifo());
    }

    private Path fifo() {
        return directory.resolve("stdout");
    }

    private OutputPump pump(boolean writerWasThere) throws IOException {
        return new OutputPump(
                "stdout",
                FifoReader.open(fifo(), readiness),
                writerWasThere,
                Optional.of(CriLog.open(directory.resolve("0.log"), InstantSource.system())),
                clients,
                ReaderLease.take(directory.resolve("reader")));
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("0.log"));
    }

    private static void write(OutputStream to, String text) throws IOException {
        to.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void pumpThatComesBeforeTheWriterWaitsForIt() throws Exception {
        OutputPump pump = pump(false);
        Thread thread = Thread.ofVirtual().start(pump::run);
        try (OutputStream writer = Files.newOutputStream(fifo())) {
            write(writer, "one\n");
        }

        assertThat(pump.awaitEnd(LONG)).isTrue();
        thread.join();
        assertThat(log()).contains(" stdout F one\n");
    }

    @Test
    void streamThatNobodyOpenedIsAtItsEnd() throws Exception {
        OutputPump pump = pump(false);
        Thread thread = Thread.ofVirtual().start(pump::run);

        assertThat(pump.awaitEnd(LONG)).isTrue();
        thread.interrupt();
        thread.join();
    }

    @Test
    void writerThatIsExpectedIsWaitedForHoweverLateItComes() throws Exception {
        OutputPump pump = pump(false);
        pump.expectWriter(true);
        Thread thread = Thread.ofVirtual().start(pump::run);

        assertThat(pump.awaitEnd(Duration.ofMillis(1500))).isFalse();
        try (OutputStream writer = Files.newOutputStream(fifo())) {
            write(writer, "late\n");
        }

        assertThat(pump.awaitEnd(LONG)).isTrue();
        thread.join();
        assertThat(log()).contains(" stdout F late\n");
    }

    @Test
    void whatTheWriterLeftBeforeThePumpCameIsLogged() throws Exception {
        FifoReader holder = FifoReader.open(fifo(), readiness);
        try (OutputStream writer = Files.newOutputStream(fifo())) {
            write(writer, "last words\n");
        }

        pump(true).run();

        assertThat(log()).contains(" stdout F last words\n");
        holder.close();
    }

    @Test
    void pumpThatIsReplacedStopsAndNothingComesTwice() throws Exception {
        OutputPump first = pump(false);
        Thread replaced = Thread.ofVirtual().start(first::run);
        OutputPump second;
        try (OutputStream writer = Files.newOutputStream(fifo())) {
            write(writer, "one\n");
            second = pump(true);
            Thread.ofVirtual().start(second::run);
            for (int i = 0; i < 1000; i++) {
                write(writer, "line " + i + "\n");
            }
        }
        assertThat(second.awaitEnd(LONG)).isTrue();
        replaced.join();

        assertThat(log().lines().filter(line -> line.contains(" F line "))).hasSize(1000);
        assertThat(log().lines().filter(line -> line.endsWith(" F one"))).hasSize(1);
    }

    @Test
    void clientsGetWhatComesFromTheirComingOn() throws Exception {
        OutputPump pump = pump(false);
        Thread.ofVirtual().start(pump::run);
        try (InputStream client = clients.join()) {
            try (OutputStream writer = Files.newOutputStream(fifo())) {
                write(writer, "hello");
                assertThat(client.readNBytes(5))
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("hello");
            }
            assertThat(client.read()).isEqualTo(-1);
        }
        assertThat(clients.join().read()).isEqualTo(-1);
    }

    @Test
    void logThatCannotBeWrittenDoesNotStopTheContainer() throws Exception {
        CriLog full = CriLog.open(Path.of("/dev/full"), InstantSource.system());
        OutputPump pump = new OutputPump(
                "stdout",
                FifoReader.open(fifo(), readiness),
                false,
                Optional.of(full),
                clients,
                ReaderLease.take(directory.resolve("reader")));
        Thread.ofVirtual().start(pump::run);
        try (OutputStream writer = Files.newOutputStream(fifo())) {
            for (int i = 0; i < 100; i++) {
                write(writer, "x".repeat(10_000) + "\n");
            }
        }

        assertThat(pump.awaitEnd(LONG)).isTrue();
        full.close();
    }
}
