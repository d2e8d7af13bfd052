package io.carafe.grpc;

import io.carafe.cri.v1.LinuxRuntimeConfiguration;
import io.carafe.cri.v1.RuntimeCondition;
import io.carafe.cri.v1.RuntimeConfigResponse;
import io.carafe.cri.v1.RuntimeFeatures;
import io.carafe.cri.v1.RuntimeHandler;
import io.carafe.cri.v1.RuntimeHandlerFeatures;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.spi.HealthCondition;
import java.util.Set;

/** The runtime itself in CRI's words. */
public final class RuntimeToProto {
    private RuntimeToProto() {}

    /** @param type RuntimeReady or NetworkReady */
    public static RuntimeCondition condition(String type, HealthCondition condition) {
        return RuntimeCondition.newBuilder()
                .setType(type)
                .setStatus(condition.ok())
                .setReason(condition.reason())
                .setMessage(condition.message())
                .build();
    }

    /** User namespaces are not shown, whatever the handler can do: {@link NamespacesFromProto} refuses them still. */
    public static RuntimeHandler handler(String name, Set<RuntimeFeature> features) {
        return RuntimeHandler.newBuilder()
                .setName(name)
                .setFeatures(RuntimeHandlerFeatures.newBuilder()
                        .setRecursiveReadOnlyMounts(features.contains(RuntimeFeature.RECURSIVE_READ_ONLY_MOUNTS)))
                .build();
    }

    /** What does not depend on the handler; the rest is refused by FromProto. */
    public static RuntimeFeatures features() {
        return RuntimeFeatures.newBuilder().setSupplementalGroupsPolicy(true).build();
    }

    public static RuntimeConfigResponse config(CgroupDriver driver) {
        return RuntimeConfigResponse.newBuilder()
                .setLinux(LinuxRuntimeConfiguration.newBuilder()
                        .setCgroupDriver(
                                switch (driver) {
                                    case CGROUPFS -> io.carafe.cri.v1.CgroupDriver.CGROUPFS;
                                    case SYSTEMD -> io.carafe.cri.v1.CgroupDriver.SYSTEMD;
                                }))
                .build();
    }
}
