package io.carafe.oci.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.carafe.oci.json.Json;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * What a runtime says of itself.
 *
 * <p>Source: OCI runtime-spec, features.md.
 */
public record RuntimeFeatures(
        Set<String> mountOptions, boolean seccomp, boolean appArmor, boolean selinux, boolean idMappedMounts) {
    private static final Json JSON = new Json();

    public RuntimeFeatures {
        mountOptions = Set.copyOf(mountOptions);
    }

    static RuntimeFeatures parse(String text) throws IOException {
        JsonNode root = JSON.tree(text);
        JsonNode linux = root.path("linux");
        Set<String> options = new HashSet<>();
        root.path("mountOptions").forEach(option -> options.add(option.asText()));
        return new RuntimeFeatures(
                options,
                linux.path("seccomp").path("enabled").asBoolean(),
                linux.path("apparmor").path("enabled").asBoolean(),
                linux.path("selinux").path("enabled").asBoolean(),
                linux.path("mountExtensions").path("idmap").path("enabled").asBoolean());
    }
}
