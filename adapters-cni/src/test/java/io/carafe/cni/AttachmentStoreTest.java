package io.carafe.cni;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachmentStoreTest {
    private static final CniConfList NETWORK = CniConfList.parse(
            "/etc/cni/net.d/10-a.conf",
            "{\"cniVersion\": \"1.0.0\", \"name\": \"a\", \"type\": \"bridge\"}".getBytes(UTF_8));

    @TempDir
    Path directory;

    private AttachmentStore store;
    private final CniAttachment attachment = CniAttachment.intended(Pods.plain(Pods.POD), "eth0", NETWORK);

    @BeforeEach
    void open() {
        store = new AttachmentStore(directory);
    }

    private Path file() {
        return directory.resolve("attachments").resolve(attachment.key().toString());
    }

    @Test
    void attachmentIsReadBackAsItWas() {
        CniAttachment made = attachment.withResult(CniJson.parse(FakePlugins.RESULT.getBytes(UTF_8)));
        store.save(attachment);
        assertThat(store.find(attachment.key())).contains(attachment);

        store.save(made);

        assertThat(new AttachmentStore(directory).find(made.key())).contains(made);
    }

    @Test
    void interfacesOfAPodAreListedInTheOrderOfTheirNumbers() {
        for (String name : new String[] {"eth10", "eth2", "eth0"}) {
            store.save(CniAttachment.intended(Pods.plain(Pods.POD), name, NETWORK));
        }
        store.save(CniAttachment.intended(Pods.plain(Pods.OTHER), "eth0", NETWORK));

        assertThat(store.of(Pods.POD))
                .extracting(AttachmentKey::interfaceName)
                .containsExactly("eth0", "eth2", "eth10");
        assertThat(store.all()).hasSize(4);
    }

    @Test
    void removedTwiceIsRemoved() {
        store.save(attachment);
        store.remove(attachment.key());
        store.remove(attachment.key());

        assertThat(store.find(attachment.key())).isEmpty();
    }

    @Test
    void everyTruncationIsCorruptNotHalfTrue() throws IOException {
        store.save(attachment);
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> store.find(attachment.key()))
                    .isInstanceOf(Fault.Corrupt.class)
                    .hasMessageContaining(file().toString());
        }
    }

    @Test
    void flippedBitIsCorrupt() throws IOException {
        store.save(attachment);
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length / 2] ^= 4;
        Files.write(file(), bytes);

        assertThatThrownBy(() -> store.find(attachment.key())).isInstanceOf(Fault.Corrupt.class);
    }

    @Test
    void unfinishedWriteIsNoAttachmentAndGoesWithTheNextStart() throws IOException {
        Path unfinished = file().resolveSibling(file().getFileName() + DurableFile.UNFINISHED);
        Files.writeString(unfinished, "carafe-cni-1 ");
        assertThat(store.all()).isEmpty();

        new AttachmentStore(directory);

        assertThat(unfinished).doesNotExist();
    }

    @Test
    void fileThatCannotBeWrittenIsUnavailableAndNamed() throws IOException {
        Files.delete(directory.resolve("attachments"));

        assertThatThrownBy(() -> store.save(attachment))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining(file().toString());
    }
}
