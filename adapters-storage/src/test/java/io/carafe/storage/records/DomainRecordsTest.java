package io.carafe.storage.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.image.Image;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.SandboxState;
import io.carafe.ports.store.RecordKind;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The domain's records come back as they were written, whatever their state. */
class DomainRecordsTest {
    @TempDir
    Path directory;

    /** More turns than any sealed type has variants and any enum of the records has constants. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void everyStateOfASandboxAContainerAndAnImageComesBack(int turn) {
        assertThat(SandboxState.class.getPermittedSubclasses()).hasSizeLessThanOrEqualTo(8);
        assertThat(ContainerState.class.getPermittedSubclasses()).hasSizeLessThanOrEqualTo(8);

        comesBack(new RecordKind<>("sandbox", PodSandbox.class, 1), turn);
        comesBack(new RecordKind<>("container", Container.class, 1), turn);
        comesBack(new RecordKind<>("image", Image.class, 1), turn);
    }

    private <T> void comesBack(RecordKind<T> kind, int turn) {
        T value = new FilledRecords(turn).fill(kind.type());
        new FileRecordStore(directory).save(kind, "id", value);

        FileRecordStore restarted = new FileRecordStore(directory);
        assertThat(restarted.load(kind).values()).isEqualTo(Map.of("id", value));
        assertThat(restarted.quarantined()).isEmpty();
    }
}
