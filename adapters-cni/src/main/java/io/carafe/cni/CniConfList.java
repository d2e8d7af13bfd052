package io.carafe.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carafe.domain.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A network: plugins to be run one after the other.
 *
 * @param file the name of the file it came from, for messages
 * @param version the one that all its plugins are spoken to in
 * @param disableGc whether it says that plugins must not collect garbage, as it is used by several runtimes
 */
record CniConfList(String file, String name, CniVersion version, boolean disableGc, List<CniPluginConf> plugins) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

    CniConfList {
        plugins = List.copyOf(plugins);
    }

    /**
     * Reads a list, or a single plugin's configuration, which becomes a list of one.
     *
     * @throws Fault.InvalidArgument naming {@code file} and what is wrong in it
     */
    static CniConfList parse(String file, byte[] json) {
        try {
            return read(file, CniJson.parse(json));
        } catch (Fault.InvalidArgument fault) {
            throw new Fault.InvalidArgument("network configuration " + file + ": " + fault.getMessage(), fault);
        }
    }

    private static CniConfList read(String file, ObjectNode root) {
        String name = root.path("name").asText();
        if (!NAME.matcher(name).matches()) {
            throw new Fault.InvalidArgument(
                    name.isEmpty() ? "it has no \"name\"" : "name '" + name + "' has characters that CNI forbids");
        }
        List<CniPluginConf> plugins = new ArrayList<>();
        if (root.has("plugins")) {
            for (JsonNode plugin : root.path("plugins")) {
                if (!(plugin instanceof ObjectNode object)) {
                    throw new Fault.InvalidArgument("an entry of \"plugins\" is not an object");
                }
                plugins.add(new CniPluginConf(object));
            }
        } else {
            plugins.add(new CniPluginConf(root));
        }
        if (plugins.isEmpty()) {
            throw new Fault.InvalidArgument("\"plugins\" is empty");
        }
        return new CniConfList(file, name, version(root), root.path("disableGC").asBoolean(), plugins);
    }

    /** The newest of those it offers that is known here. */
    private static CniVersion version(ObjectNode root) {
        List<CniVersion> offered = new ArrayList<>();
        root.path("cniVersions").forEach(version -> offered.add(CniVersion.parse(version.asText())));
        if (root.has("cniVersion")) {
            offered.add(CniVersion.parse(root.path("cniVersion").asText()));
        }
        if (offered.isEmpty()) {
            return CniVersion.OLDEST;
        }
        return offered.stream()
                .filter(CniVersion::isKnown)
                .max(CniVersion::compareTo)
                .orElseThrow(() -> new Fault.InvalidArgument("cniVersion " + offered + " is not between "
                        + CniVersion.OLDEST + " and " + CniVersion.NEWEST + ", which are spoken here"));
    }

    /** The list as {@link #parse} reads it again to the same value. */
    ObjectNode toJson() {
        ObjectNode root = CniJson.object();
        root.put("cniVersion", version.toString());
        root.put("name", name);
        root.put("disableGC", disableGc);
        plugins.forEach(plugin -> root.withArray("plugins").add(plugin.json()));
        return root;
    }

    boolean offers(String capability) {
        return plugins.stream().anyMatch(plugin -> plugin.capabilities().contains(capability));
    }

    @Override
    public String toString() {
        return name + " (" + file + ")";
    }
}
