package io.carafe.cni;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.spi.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The options of the network section.
 *
 * @param confDir where the network configurations are ({@code conf_dir})
 * @param binDirs where plugins are looked for, first to last ({@code bin_dirs})
 * @param maxConf how many configurations, first by name, every pod is attached to, as eth0, eth1, … ({@code max_conf})
 * @param pluginTimeout how long one plugin may take, then it is killed ({@code plugin_timeout}, seconds)
 * @param requirePortMappings whether a pod with host ports is refused when no plugin says that it maps ports; false for networks
 *     that do it unasked ({@code require_port_mappings})
 */
record CniOptions(Path confDir, List<Path> binDirs, int maxConf, Duration pluginTimeout, boolean requirePortMappings) {
    static final Set<String> NAMES =
            Set.of("conf_dir", "bin_dirs", "max_conf", "plugin_timeout", "require_port_mappings");

    CniOptions {
        binDirs = List.copyOf(binDirs);
        if (maxConf < 1) {
            throw new Fault.InvalidArgument("option max_conf = " + maxConf + " is not 1 or more");
        }
        if (!pluginTimeout.isPositive()) {
            throw new Fault.InvalidArgument("option plugin_timeout must be 1 second or more");
        }
    }

    static CniOptions from(Options options) {
        return new CniOptions(
                options.path("conf_dir", Path.of("/etc/cni/net.d")),
                options.paths("bin_dirs", List.of(Path.of("/opt/cni/bin"), Path.of("/usr/lib/cni"))),
                options.text("max_conf").map(CniOptions::wholeNumber).orElse(1),
                options.seconds("plugin_timeout", Duration.ofSeconds(60)),
                options.flag("require_port_mappings", true));
    }

    private static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Fault.InvalidArgument("option max_conf = '" + text + "' is not a whole number", e);
        }
    }
}
