package io.carafe.ports.tck.memory;

import io.carafe.ports.image.ImageRegistry;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.ports.tck.ImageRegistryTck;
import io.carafe.ports.tck.image.RegistryFixture;
import java.util.Optional;

class MemoryImageRegistryTckTest extends ImageRegistryTck {
    private final MemoryImageRegistry registry = new MemoryImageRegistry(
            "memory.test:5000",
            new RegistryAuth("somebody", "s3cret-word", Optional.empty(), Optional.empty(), Optional.empty()));

    @Override
    protected ImageRegistry registry() {
        return registry;
    }

    @Override
    protected RegistryFixture fixture() {
        return registry;
    }
}
