package io.carafe.cni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One run of one plugin: the program, the variables and the JSON on its standard input. Pure.
 *
 * @param subject what it is done for, for messages
 */
record CniPluginCommand(
        CniVerb verb, String subject, String plugin, Path program, Map<String, String> environment, ObjectNode input) {
    CniPluginCommand {
        environment = Map.copyOf(environment);
    }

    /**
     * ADD or DEL.
     *
     * @param namespace empty at DEL when it is gone
     * @param prevResult at ADD what the plugin before answered, at DEL what the last one of the ADD did
     */
    static CniPluginCommand forAttachment(
            CniVerb verb,
            CniAttachment attachment,
            CniPluginConf plugin,
            PluginPath path,
            Optional<Path> namespace,
            Optional<ObjectNode> prevResult) {
        ObjectNode input = input(plugin, attachment.network());
        ObjectNode wanted = attachment.runtimeConfig().deepCopy();
        wanted.retain(plugin.capabilities());
        if (!wanted.isEmpty()) {
            input.set("runtimeConfig", wanted);
        }
        prevResult.ifPresent(result -> input.set("prevResult", result));
        Map<String, String> environment = environment(verb, path);
        environment.put("CNI_CONTAINERID", attachment.id().value());
        environment.put("CNI_NETNS", namespace.map(Path::toString).orElse(""));
        environment.put("CNI_IFNAME", attachment.interfaceName());
        environment.put("CNI_ARGS", attachment.args());
        return new CniPluginCommand(
                verb,
                "pod sandbox " + attachment.id() + " (" + attachment.interfaceName() + ")",
                plugin.type(),
                path.require(plugin.type(), attachment.network()),
                environment,
                input);
    }

    static CniPluginCommand forStatus(CniConfList network, CniPluginConf plugin, PluginPath path) {
        return forNetwork(CniVerb.STATUS, network, plugin, path, input(plugin, network));
    }

    /** @param valid the interfaces that must stay */
    static CniPluginCommand forGarbage(
            CniConfList network, CniPluginConf plugin, PluginPath path, List<AttachmentKey> valid) {
        ObjectNode input = input(plugin, network);
        // the first edition of the specification had the other name, so plugins look for either
        for (String name : List.of("cni.dev/valid-attachments", "cni.dev/attachments")) {
            var array = input.putArray(name);
            valid.forEach(key ->
                    array.addObject().put("containerID", key.id().value()).put("ifname", key.interfaceName()));
        }
        return forNetwork(CniVerb.GC, network, plugin, path, input);
    }

    private static CniPluginCommand forNetwork(
            CniVerb verb, CniConfList network, CniPluginConf plugin, PluginPath path, ObjectNode input) {
        return new CniPluginCommand(
                verb,
                "network " + network,
                plugin.type(),
                path.require(plugin.type(), network),
                environment(verb, path),
                input);
    }

    private static ObjectNode input(CniPluginConf plugin, CniConfList network) {
        ObjectNode input = plugin.json().deepCopy();
        input.remove("capabilities");
        input.put("cniVersion", network.version().toString());
        input.put("name", network.name());
        return input;
    }

    private static Map<String, String> environment(CniVerb verb, PluginPath path) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("CNI_COMMAND", verb.name());
        environment.put("CNI_PATH", path.variable());
        return environment;
    }

    /** For messages: "CNI plugin bridge (/usr/lib/cni/bridge) ADD for pod sandbox …". */
    @Override
    public String toString() {
        return "CNI plugin " + plugin + " (" + program + ") " + verb + " for " + subject;
    }
}
