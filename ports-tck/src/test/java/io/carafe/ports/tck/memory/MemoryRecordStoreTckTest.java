package io.carafe.ports.tck.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.store.RecordKind;
import io.carafe.ports.store.RecordStore;
import io.carafe.ports.tck.RecordStoreTck;
import org.junit.jupiter.api.Test;

class MemoryRecordStoreTckTest extends RecordStoreTck {
    private final MemoryRecordStore disk = new MemoryRecordStore();

    @Override
    protected RecordStore create(BackendContext context) {
        return disk;
    }

    @Test
    void aCorruptRecordIsSetAsideOnceAndNamed() {
        RecordKind<String> kind = new RecordKind<>("text", String.class, 1);
        disk.save(kind, "good", "x");
        disk.corrupt(kind, "bad");

        assertThat(disk.load(kind).quarantined()).singleElement().asString().contains("bad");
        assertThat(disk.load(kind).quarantined()).isEmpty();
        assertThat(disk.load(kind).values()).containsOnlyKeys("good");
        assertThat(disk.quarantined()).hasSize(1);
    }
}
