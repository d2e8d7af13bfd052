package io.carafe.storage.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.container.Container;
import io.carafe.domain.image.Image;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.ports.store.RecordKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The domain's records come back as they were written, whatever their state. */
class DomainRecordsTest {
    /** More than any sealed type has variants and any enum of the records has constants. */
    private static final int TURNS = 8;

    @TempDir
    Path directory;

    static IntStream turns() {
        return IntStream.range(0, TURNS);
    }

    @ParameterizedTest
    @MethodSource("turns")
    void everyStateOfASandboxAContainerAndAnImageComesBack(int turn) {
        comesBack(new RecordKind<>("sandbox", PodSandbox.class, 1), turn);
        comesBack(new RecordKind<>("container", Container.class, 1), turn);
        comesBack(new RecordKind<>("image", Image.class, 1), turn);
    }

    @Test
    void sandboxOfBeforeItsBootWasKeptIsRead() throws Exception {
        var kind = new RecordKind<>("sandbox", PodSandbox.class, 1);
        PodSandbox value = new FilledRecords(0).fill(PodSandbox.class).inBoot("b1");
        new FileRecordStore(directory).save(kind, "id", value);
        Path file = directory.resolve("sandbox/id.json");
        String text = Files.readString(file);
        int start = text.indexOf("\"value\":") + "\"value\":".length();
        String json = text.substring(start, text.length() - "}\n".length());
        String older = json.replace(",\"boot\":\"b1\"", "");
        assertThat(older).isNotEqualTo(json);
        Files.writeString(file, text.substring(0, start).replace(sha256(json), sha256(older)) + older + "}\n");

        var loaded = new FileRecordStore(directory).load(kind);

        assertThat(loaded.quarantined()).isEmpty();
        assertThat(loaded.values().values()).singleElement().satisfies(read -> {
            assertThat(read.boot()).isEmpty();
            assertThat(read.config()).isEqualTo(value.config());
        });
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everyVariantAndConstantOccursInSomeTurn() {
        var choices = new HashSet<Object>();
        var chosen = new HashSet<Object>();
        for (int turn = 0; turn < TURNS; turn++) {
            var filled = new FilledRecords(turn);
            Stream.of(PodSandbox.class, Container.class, Image.class)
                    .map(filled::fill)
                    .flatMap(FilledRecords::chosen)
                    .forEach(chosen::add);
            choices.addAll(filled.choices());
        }

        assertThat(chosen).containsAll(choices);
    }

    private <T> void comesBack(RecordKind<T> kind, int turn) {
        T value = new FilledRecords(turn).fill(kind.type());
        new FileRecordStore(directory).save(kind, "id", value);

        FileRecordStore restarted = new FileRecordStore(directory);
        assertThat(restarted.load(kind).values()).isEqualTo(Map.of("id", value));
        assertThat(restarted.quarantined()).isEmpty();
    }
}
