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
        Map<String, Object> before = values(started.configuration());
        Map<String, Object> after = values(now.configuration());
        List<String> keys = new ArrayList<>();
        for (String key : union(before, after)) {
            if (!Objects.equals(before.get(key), after.get(key))) {
                keys.add(key);
            }
        }
        Map<String, String> jarsBefore = started.catalog().digestsOf(started.configuration());
        Map<String, String> jarsAfter = now.catalog().digestsOf(now.configuration());
        for (String section : union(jarsBefore, jarsAfter)) {
            String provider = section + ".provider";
            if (!keys.contains(provider) && !Objects.equals(jarsBefore.get(section), jarsAfter.get(section))) {
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

    private static Set<String> union(Map<String, ?> one, Map<String, ?> other) {
        Set<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys;
    }
}
