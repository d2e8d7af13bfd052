package io.carafe.registry.hosts;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One place that may answer for a registry.
 *
 * @param root URL of the distribution API, with "/v2" where the host has it, without a slash at the end
 * @param headers sent with every request to this host, and to no other
 * @param dialTimeout limit for making a connection, where it is not the default one
 * @param proxy used instead of what the environment says
 * @param server whether it is the registry itself rather than a mirror of it
 */
public record RegistryHost(
        URI root,
        Set<Capability> capabilities,
        TlsFiles tls,
        Map<String, List<String>> headers,
        Optional<Duration> dialTimeout,
        Optional<URI> proxy,
        boolean server) {
    /** docker.io is the name that everybody uses; this host serves it. */
    private static final String DOCKER_HUB = "registry-1.docker.io";

    public static final Set<Capability> ALL = Set.of(Capability.values());

    public RegistryHost {
        capabilities = Set.copyOf(capabilities);
        headers = Map.copyOf(headers);
    }

    /** The registry itself over https, with nothing configured. */
    public static RegistryHost serverOf(String registry, TlsFiles tls) {
        return new RegistryHost(
                URI.create("https://" + addressOf(registry) + "/v2"),
                ALL,
                tls,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    static String addressOf(String registry) {
        return registry.equals("docker.io") ? DOCKER_HUB : registry;
    }

    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    /** Whether it goes by another name than the registry: it is then told which registry is meant. */
    public boolean isMirrorOf(String registry) {
        return !root.getRawAuthority().equalsIgnoreCase(addressOf(registry))
                && !root.getRawAuthority().equalsIgnoreCase(registry);
    }

    public boolean isPlainHttp() {
        return "http".equals(root.getScheme());
    }

    /** For messages: scheme and authority. */
    @Override
    public String toString() {
        return root.getScheme() + "://" + root.getRawAuthority();
    }
}
