package io.carafe.ports.tck.memory;

import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.ports.host.PodCgroup;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.PodCgroupTck;

class MemoryPodCgroupTckTest extends PodCgroupTck {
    @Override
    protected PodCgroup create(BackendContext context, CgroupDriver driver) {
        return new MemoryPodCgroup(driver, context.clock());
    }
}
