package io.carafe.storage.records;

import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.store.RecordStore;
import io.carafe.ports.tck.RecordStoreTck;

class FileRecordStoreTckTest extends RecordStoreTck {
    @Override
    protected RecordStore create(BackendContext context) {
        return new FileRecordStore(context.stateDirectory().resolve("records"));
    }
}
