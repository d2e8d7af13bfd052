package io.carafe.oci.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.resource.Bytes;
import io.carafe.linux.poll.Readiness;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapturedStreamTest {
    @TempDir
    Path directory;

    private final ExecOutput output = new ExecOutput(new Bytes(1000), _ -> Optional.empty());

    @Test
    void allThatIsWrittenIsRead() throws Exception {
        CapturedStream stream = CapturedStream.make(directory.resolve("out"), output.stdout(), new Readiness());
        Thread reader;
        try (OutputStream writer = writer(stream)) {
            reader = readFrom(stream);
            writer.write("all".getBytes(StandardCharsets.US_ASCII));
        }
        reader.join();
        assertThat(output.stdout().take()).asString().isEqualTo("all");
    }

    @Test
    void readingOfAnEndlessStreamIsGivenUpWhenInterrupted() throws Exception {
        CapturedStream stream = CapturedStream.make(directory.resolve("out"), output.stdout(), new Readiness());
        OutputStream writer = writer(stream);
        Thread reader = readFrom(stream);
        Thread flood = Thread.ofPlatform().start(() -> {
            try (writer) {
                while (true) {
                    writer.write(new byte[4096]);
                }
            } catch (IOException e) {
                // nobody reads any more
            }
        });
        reader.interrupt();
        assertThat(reader.join(Duration.ofSeconds(10))).isTrue();
        flood.join();
    }

    private static Thread readFrom(CapturedStream stream) {
        return Thread.ofVirtual().start(stream::drain);
    }

    /** The reader is there: this does not wait. */
    private static OutputStream writer(CapturedStream stream) throws IOException {
        return Files.newOutputStream(stream.path(), StandardOpenOption.WRITE);
    }
}
