package io.carafe.adapters.linux;

import com.google.auto.service.AutoService;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.linux.capability.KernelFeatures;
import io.carafe.linux.capability.ProcessStatus;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.ports.host.HostProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.spi.Options;
import java.time.Instant;
import java.util.Set;

/** The host that the daemon runs on. */
@AutoService(HostProvider.class)
public final class LinuxHostProvider implements HostProvider {
    /** Whose copy a pod without DNS settings gets. */
    static final String RESOLV_CONF = "resolv_conf";

    /**
     * Below which pods go for which nobody names a cgroup: a path for cgroupfs, made with the first pod and removed with the last; a slice
     * for systemd.
     */
    static final String CGROUP_PARENT = "cgroup_parent";

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public Set<String> optionNames() {
        return Set.of(RESOLV_CONF, CGROUP_PARENT);
    }

    @Override
    public Availability availability(Options options) {
        if (!ProcessStatus.own().grantableCapabilities().contains("CAP_SYS_ADMIN")) {
            return new Availability.Missing(
                    "CAP_SYS_ADMIN is missing, so no namespace can be made and nothing mounted; run as root");
        }
        try {
            CgroupHierarchy.detect();
            KernelFeatures.HOST.boot();
        } catch (IllegalStateException e) {
            return new Availability.Missing(String.valueOf(e.getMessage()));
        }
        return new Availability.Available(KernelFeatures.HOST.version());
    }

    @Override
    public Availability availability(Options options, CgroupDriver driver) {
        Availability availability = availability(options);
        if (availability instanceof Availability.Available) {
            // refuses a parent that does not fit, and does nothing else
            var _ = new LinuxPodCgroup(
                    CgroupHierarchy.detect(), driver, options.text(CGROUP_PARENT), () -> Instant.EPOCH);
        }
        return availability;
    }

    @Override
    public Host create(BackendContext context, CgroupDriver driver) {
        CgroupHierarchy cgroups = CgroupHierarchy.detect();
        return new Host(
                new LinuxPodNamespaces(context.runDirectory().resolve("ns"), context.clock()),
                new LinuxPodFiles(
                        context.stateDirectory().resolve("pods"),
                        context.runDirectory().resolve("shm"),
                        HostResolvConf.of(context.options())),
                new LinuxPodCgroup(cgroups, driver, context.options().text(CGROUP_PARENT), context.clock()),
                LinuxHostFacts.read(cgroups, driver));
    }
}
