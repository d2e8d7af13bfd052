package io.carafe.storage.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.store.RecordKind;
import io.carafe.ports.store.RecordStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRecordStoreTest {
    record Pair(String left, long right) {}

    record OldPair(String left) {}

    record NotedPair(String left, long right, Optional<String> note, OptionalInt weight) {}

    record Nested(String left, OldPair inner) {}

    record LongPair(String left, Pair inner) {}

    private static final RecordKind<Pair> PAIRS = new RecordKind<>("pair", Pair.class, 2);

    @TempDir
    Path root;

    private FileRecordStore store;
    private Path file;

    @BeforeEach
    void saveTwo() {
        store = new FileRecordStore(root);
        store.save(PAIRS, "good", new Pair("good", 1));
        store.save(PAIRS, "bad", new Pair("text \u00e4 of some length", 2));
        file = root.resolve("pair/bad.json");
    }

    private String setAside() {
        RecordStore restarted = new FileRecordStore(root);
        RecordStore.Loaded<Pair> loaded = restarted.load(PAIRS);

        assertThat(loaded.values()).isEqualTo(Map.of("good", new Pair("good", 1)));
        assertThat(loaded.quarantined()).singleElement().asString().contains("bad");
        assertThat(restarted.quarantined()).isEqualTo(loaded.quarantined());
        assertThat(file).doesNotExist();
        assertThat(restarted.quarantinedIds(PAIRS)).containsExactly("bad");
        assertThat(new FileRecordStore(root).quarantinedIds(PAIRS)).containsExactly("bad");
        assertThat(restarted.load(PAIRS).quarantined()).isEmpty();
        assertThat(new FileRecordStore(root).quarantined()).isEqualTo(loaded.quarantined());
        return loaded.quarantined().getFirst();
    }

    @Test
    void theFileIsAnEnvelopeThatPeopleCanRead() throws IOException {
        assertThat(Files.readString(root.resolve("pair/good.json")))
                .matches("\\{\"format\":1,\"kind\":\"pair\",\"version\":2,\"sha256\":\"[0-9a-f]{64}\","
                        + "\"value\":\\{\"left\":\"good\",\"right\":1}}\n");
    }

    @Test
    void onlyTheDaemonMayReadARecord() throws IOException {
        // an annotation of a pod may hold what no other user should see
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void everyTornFileIsSetAside() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 1; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(new FileRecordStore(root).load(PAIRS).quarantined())
                    .as("cut to %s bytes", length)
                    .hasSize(1);
        }
    }

    @Test
    void everyFlippedByteOfTheValueIsSetAside() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int value = new String(whole, StandardCharsets.ISO_8859_1).indexOf("\"value\":") + 8;
        for (int at = value; at < whole.length - 2; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;
            Files.write(file, flipped);
            assertThat(new FileRecordStore(root).load(PAIRS).quarantined())
                    .as("flipped byte %s", at)
                    .hasSize(1);
        }
    }

    @Test
    void anEmptyFileIsSetAsideWithItsReason() throws IOException {
        Files.write(file, new byte[0]);
        assertThat(setAside()).contains("empty");
    }

    @Test
    void aFileOfZerosIsSetAside() throws IOException {
        // what a power cut leaves on file systems that keep a size and lose the data
        Files.write(file, new byte[400]);
        setAside();
    }

    @Test
    void aChangedFileIsSetAsideForItsChecksum() throws IOException {
        Files.writeString(file, Files.readString(file).replace("length", "Length"));
        assertThat(setAside()).contains("sha256");
    }

    @Test
    void aRecordOfAnotherVersionIsSetAside() {
        store.save(new RecordKind<>("pair", OldPair.class, 1), "bad", new OldPair("x"));
        assertThat(setAside()).contains("version is '1' instead of '2'");
    }

    @Test
    void aRecordOfAnotherKindIsSetAside() throws IOException {
        store.save(new RecordKind<>("other", Pair.class, 2), "x", new Pair("x", 1));
        Files.copy(root.resolve("other/x.json"), Files.newOutputStream(file));
        assertThat(setAside()).contains("kind is 'other'");
    }

    @Test
    void aRecordThatLacksAComponentIsSetAside() {
        // same version, other shape: a defect of ours must not become a zero
        store.save(new RecordKind<>("pair", OldPair.class, 2), "bad", new OldPair("x"));
        assertThat(setAside()).contains("right");
    }

    @Test
    void anOptionalThatIsAddedIsEmptyInAnOlderRecord() {
        var noted = new RecordKind<>("pair", NotedPair.class, 2);

        RecordStore.Loaded<NotedPair> loaded = new FileRecordStore(root).load(noted);

        assertThat(loaded.quarantined()).isEmpty();
        assertThat(loaded.values())
                .containsEntry("good", new NotedPair("good", 1, Optional.empty(), OptionalInt.empty()));
    }

    @Test
    void aComponentThatIsUnknownIsSetAside() {
        var now = new RecordKind<>("pair", OldPair.class, 2);

        assertThat(new FileRecordStore(root).load(now).quarantined()).hasSize(2);
    }

    @Test
    void aComponentThatTheKindHadOnceIsPassedOver() {
        var now = new RecordKind<>("pair", OldPair.class, 2, Set.of("right"));

        RecordStore.Loaded<OldPair> loaded = new FileRecordStore(root).load(now);

        assertThat(loaded.quarantined()).isEmpty();
        assertThat(loaded.values()).containsEntry("good", new OldPair("good")).hasSize(2);
    }

    @Test
    void aFormerComponentIsOneOfTheRecordAndOfNothingInsideIt() {
        store.save(new RecordKind<>("long", LongPair.class, 1), "x", new LongPair("x", new Pair("y", 1)));
        var now = new RecordKind<>("long", Nested.class, 1, Set.of("right"));

        assertThat(new FileRecordStore(root).load(now).quarantined())
                .singleElement()
                .asString()
                .contains("right");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[]", "{}", "{\"format\":1}", "null", "{\"format\":2,\"value\":{}}"})
    void whatIsNoEnvelopeIsSetAside(String text) throws IOException {
        Files.writeString(file, text);
        setAside();
    }

    @Test
    void whatAPersonRemovesIsNamedNoMore() throws IOException {
        Files.write(file, new byte[0]);
        RecordStore restarted = new FileRecordStore(root);
        restarted.load(PAIRS);
        assertThat(restarted.quarantined()).hasSize(1);

        try (Stream<Path> files = Files.list(root.resolve("pair"))) {
            for (Path quarantined : files.filter(
                            path -> path.getFileName().toString().startsWith(".quarantined-"))
                    .toList()) {
                Files.delete(quarantined);
            }
        }
        assertThat(restarted.quarantined()).isEmpty();
        assertThat(new FileRecordStore(root).quarantined()).isEmpty();
    }

    @Test
    void aSaveThatWasCutOffLeavesTheOldRecordAndNoRest() throws IOException {
        Path left = Files.writeString(root.resolve("pair/.tmp-1"), "{\"format\":");

        RecordStore restarted = new FileRecordStore(root);

        assertThat(restarted.load(PAIRS).values()).containsOnlyKeys("good", "bad");
        assertThat(restarted.quarantined()).isEmpty();
        assertThat(left).doesNotExist();
    }

    @Test
    void aSaveThatCannotBeDoneIsUnavailableAndKeepsTheOldRecord() throws IOException {
        Path kind = root.resolve("pair");
        Files.move(kind, root.resolve("moved"));
        Files.writeString(kind, "a file is where the folder was");

        assertThatThrownBy(() -> store.save(PAIRS, "bad", new Pair("new", 3)))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("save pair record bad");
        Files.delete(kind);
        Files.move(root.resolve("moved"), kind);
        assertThat(store.load(PAIRS).values()).hasSize(2);
    }

    @Test
    void foreignFilesAreLeftAlone() throws IOException {
        List<String> names = List.of("README", ".hidden.json", "x.json.orig");
        for (String name : names) {
            Files.writeString(root.resolve("pair").resolve(name), "x");
        }

        assertThat(new FileRecordStore(root).load(PAIRS).values()).hasSize(2);
        assertThat(names)
                .allSatisfy(
                        name -> assertThat(root.resolve("pair").resolve(name)).exists());
    }
}
