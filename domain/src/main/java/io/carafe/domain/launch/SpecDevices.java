package io.carafe.domain.launch;

import io.carafe.domain.spec.OciDevice;
import io.carafe.domain.spec.OciResources.DeviceRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Device nodes and the rules of the device cgroup: nothing, but what runtimes put into every /dev, but what was asked for.
 * Source: runtime-spec config-linux.md, default devices; admin-guide/devices.txt.
 */
record SpecDevices(List<OciDevice> nodes, List<DeviceRule> rules) {
    private static final DeviceRule NONE =
            new DeviceRule(false, "a", OptionalLong.empty(), OptionalLong.empty(), "rwm");
    private static final DeviceRule ANY = new DeviceRule(true, "a", OptionalLong.empty(), OptionalLong.empty(), "rwm");
    private static final List<DeviceRule> DEFAULT = List.of(
            character(1, 3), // null
            character(1, 5), // zero
            character(1, 7), // full
            character(1, 8), // random
            character(1, 9), // urandom
            character(5, 0), // tty
            character(5, 1), // console
            character(5, 2), // ptmx
            new DeviceRule(true, "c", OptionalLong.of(136), OptionalLong.empty(), "rwm")); // pts/*

    static SpecDevices of(List<SpecDevice> wanted, boolean privileged, HostProfile host) {
        Map<String, OciDevice> nodes = new LinkedHashMap<>();
        List<DeviceRule> rules = new ArrayList<>();
        if (privileged) {
            host.allDevices().forEach(device -> nodes.put(device.path(), device));
            rules.add(ANY);
        } else {
            rules.add(NONE);
            rules.addAll(DEFAULT);
        }
        for (SpecDevice device : wanted) {
            OciDevice node = device.device();
            nodes.put(node.path(), node);
            if (!privileged) {
                rules.add(new DeviceRule(
                        true,
                        node.type(),
                        OptionalLong.of(node.major()),
                        OptionalLong.of(node.minor()),
                        device.permissions()));
            }
        }
        return new SpecDevices(List.copyOf(nodes.values()), List.copyOf(rules));
    }

    private static DeviceRule character(long major, long minor) {
        return new DeviceRule(true, "c", OptionalLong.of(major), OptionalLong.of(minor), "rwm");
    }
}
