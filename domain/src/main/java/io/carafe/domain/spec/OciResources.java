package io.carafe.domain.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Limits in config.json's words. */
public record OciResources(
        List<DeviceRule> devices,
        Optional<Memory> memory,
        Optional<Cpu> cpu,
        List<Hugepage> hugepageLimits,
        Map<String, String> unified) {
    public OciResources {
        devices = List.copyOf(devices);
        hugepageLimits = List.copyOf(hugepageLimits);
        unified = Map.copyOf(unified);
    }

    /** One line of the device list; {@code type} a, b or c; absent numbers mean all. */
    public record DeviceRule(boolean allow, String type, OptionalLong major, OptionalLong minor, String access) {}

    public record Memory(OptionalLong limit, OptionalLong swap) {}

    public record Cpu(OptionalLong shares, OptionalLong quota, OptionalLong period, String cpus, String mems) {}

    public record Hugepage(String pageSize, long limit) {}
}
