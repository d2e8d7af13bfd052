package io.carafe.cni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carafe.domain.fault.Fault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One plugin of a network configuration: its part of the file, untouched. */
record CniPluginConf(ObjectNode json) {
    CniPluginConf {
        json = json.deepCopy();
        String type = json.path("type").asText();
        if (type.isEmpty()) {
            throw new Fault.InvalidArgument("a plugin without \"type\"");
        }
        if (type.contains("/")) {
            throw new Fault.InvalidArgument("plugin type '" + type + "' is a path; it must be the name of a program");
        }
    }

    /** The name of the program. */
    String type() {
        return json.path("type").asText();
    }

    /** Which of the runtime's arguments it wants: the keys of "capabilities" that are true. */
    Set<String> capabilities() {
        Set<String> wanted = new LinkedHashSet<>();
        json.path("capabilities").properties().forEach(entry -> {
            if (entry.getValue().asBoolean()) {
                wanted.add(entry.getKey());
            }
        });
        return wanted;
    }

    /** The programs that it needs: itself, and the address plugin that it will call. */
    List<String> programs() {
        String ipam = json.path("ipam").path("type").asText();
        return ipam.isEmpty() ? List.of(type()) : List.of(type(), ipam);
    }
}
