package io.carafe.ports.tck.memory;

import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.ports.host.HostFacts;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.HostFactsTck;

class MemoryHostFactsTckTest extends HostFactsTck {
    @Override
    protected HostFacts create(BackendContext context, CgroupDriver driver) {
        return MemoryHostFacts.typical(driver);
    }
}
