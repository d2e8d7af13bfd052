package io.carafe.ports.host;

import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.spi.Options;
import java.util.Set;

/** Makes the ports of the host. The rules are those of RuntimeHandlerProvider. */
public interface HostProvider {
    String name();

    Set<String> optionNames();

    Availability availability(Options options);

    /** The same with what options must fit: a parent of cgroups, say, is another for systemd. */
    default Availability availability(Options options, CgroupDriver driver) {
        return availability(options);
    }

    Host create(BackendContext context, CgroupDriver driver);

    /** The ports of one host. */
    record Host(PodNamespaces namespaces, PodFiles files, PodCgroup cgroup, HostFacts facts) {}
}
