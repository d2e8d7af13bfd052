package io.carafe.assembly.reload;

import io.carafe.assembly.config.BackendSettings;
import io.carafe.assembly.config.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Keys that the daemon obeys from its start to its end. */
final class RestartOnly {
    private RestartOnly() {}

    /** Those that differ from what it was started with, as they stand in the file. */
    static List<String> differences(Reading started, Reading now) {
        List<String> keys = differing(values(started.configuration()), values(now.configuration()));
        for (String section : differing(
                started.catalog().digestsOf(started.configuration()),
                now.catalog().digestsOf(now.configuration()))) {
            String provider = section + ".provider";
            if (!keys.contains(provider)) {
                keys.add(provider + " (its JAR)");
            }
        }
        return keys;
    }

    private static Map<String, Object> values(Configuration configuration) {
        var daemon = configuration.daemon();
        var streaming = configuration.streaming();
        Map<String, Object> values = new TreeMap<>();
        values.put("daemon.root", daemon.root());
        values.put("daemon.run", daemon.run());
        values.put("daemon.sockets", daemon.sockets());
        values.put("daemon.socket", daemon.socket());
        values.put("daemon.cgroup_driver", daemon.cgroupDriver());
        values.put("daemon.shutdown_seconds", daemon.shutdown());
        values.put("images.max_concurrent_layers", configuration.images().maxConcurrentLayers());
        values.put("streaming.address", streaming.address());
        values.put("streaming.port", streaming.port());
        values.put("streaming.tls_certificate", streaming.tlsCertificate());
        values.put("streaming.tls_key", streaming.tlsKey());
        values.put("streaming.idle_timeout_seconds", streaming.idleTimeout());
        values.put("streaming.url_seconds", streaming.ticketLifetime());
        values.put("streaming.max_in_flight", streaming.maxInFlight());
        for (BackendSettings backend : configuration.singleBackends().values()) {
            values.put(backend.section() + ".provider", backend.provider());
            backend.options().values().forEach((option, value) -> values.put(backend.section() + "." + option, value));
        }
        return values;
    }

    private static List<String> differing(Map<String, ?> before, Map<String, ?> after) {
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
        return new ArrayList<>(keys);
    }
}
