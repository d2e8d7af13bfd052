package io.carafe.assembly.config;

import io.carafe.domain.sandbox.CgroupDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/**
 * Everything that can be set.
 *
 * @param defaultHandler the handler of pods that name none; one of {@code handlers}
 * @param handlers by the name that RuntimeClass.handler says
 */
public record Configuration(
        DaemonSettings daemon,
        String defaultHandler,
        SortedMap<String, BackendSettings> handlers,
        BackendSettings network,
        BackendSettings registry,
        BackendSettings storage,
        BackendSettings host,
        ImageSettings images,
        StreamingSettings streaming) {

    /** The configured one, else the host's: what sd_booted(3) looks at decides. */
    public CgroupDriver cgroupDriver() {
        return daemon.cgroupDriver()
                .orElseGet(() -> Files.isDirectory(Path.of("/run/systemd/system"))
                        ? CgroupDriver.SYSTEMD
                        : CgroupDriver.CGROUPFS);
    }

    /** The backends that there is one each of, by their section. */
    public Map<String, BackendSettings> singleBackends() {
        return Map.of("network", network, "registry", registry, "storage", storage, "host", host);
    }
}
