package io.carafe.ports.tck.runtime;

import io.carafe.domain.launch.SpecDevice;
import io.carafe.domain.spec.OciCapabilities;
import io.carafe.domain.spec.OciLinux;
import io.carafe.domain.spec.OciMount;
import io.carafe.domain.spec.OciProcess;
import io.carafe.domain.spec.OciResources;
import io.carafe.domain.spec.OciResources.DeviceRule;
import io.carafe.domain.spec.OciSeccomp;
import io.carafe.domain.spec.OciSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a container's spec has besides the least that one needs, in the form in which the application would ask for it.
 *
 * @param capabilities beside those that every container of the kit has
 * @param devices nodes, each usable as its permissions say; all others are forbidden, but those that every container has
 * @param mounts after those of the kernel's file systems
 * @param pidNamespace joined instead of the pod's, or of one of its own
 */
public record SpecAdditions(
        List<String> capabilities,
        List<SpecDevice> devices,
        List<OciMount> mounts,
        Optional<OciSeccomp> seccomp,
        Optional<Path> pidNamespace) {
    public static final SpecAdditions NONE =
            new SpecAdditions(List.of(), List.of(), List.of(), Optional.empty(), Optional.empty());

    /** Of what runtimes put into every /dev: null, zero, full, random, urandom; tty, console, ptmx; pts. */
    private static final List<DeviceRule> USUAL = Stream.concat(
                    Stream.of(3, 5, 7, 8, 9).map(minor -> rule("c", 1, OptionalLong.of(minor), "rwm")),
                    Stream.concat(
                            Stream.of(0, 1, 2).map(minor -> rule("c", 5, OptionalLong.of(minor), "rwm")),
                            Stream.of(rule("c", 136, OptionalLong.empty(), "rwm"))))
            .toList();

    public SpecAdditions {
        capabilities = List.copyOf(capabilities);
        devices = List.copyOf(devices);
        mounts = List.copyOf(mounts);
    }

    public SpecAdditions withCapabilities(String... names) {
        return new SpecAdditions(List.of(names), devices, mounts, seccomp, pidNamespace);
    }

    public SpecAdditions withDevice(SpecDevice device) {
        return new SpecAdditions(capabilities, List.of(device), mounts, seccomp, pidNamespace);
    }

    public SpecAdditions withMount(OciMount mount) {
        return new SpecAdditions(capabilities, devices, List.of(mount), seccomp, pidNamespace);
    }

    public SpecAdditions withSeccomp(OciSeccomp filter) {
        return new SpecAdditions(capabilities, devices, mounts, Optional.of(filter), pidNamespace);
    }

    public SpecAdditions withPidNamespace(Path path) {
        return new SpecAdditions(capabilities, devices, mounts, seccomp, Optional.of(path));
    }

    OciSpec to(OciSpec spec) {
        OciLinux linux = spec.linux();
        return new OciSpec(
                spec.ociVersion(),
                process(spec.process()),
                spec.root(),
                spec.hostname(),
                Stream.concat(spec.mounts().stream(), mounts.stream()).toList(),
                spec.annotations(),
                new OciLinux(
                        linux.namespaces(),
                        linux.uidMappings(),
                        linux.gidMappings(),
                        devices.stream().map(SpecDevice::device).toList(),
                        linux.cgroupsPath(),
                        resources(linux.resources()),
                        rootfsPropagation(),
                        seccomp,
                        linux.sysctl(),
                        linux.maskedPaths(),
                        linux.readonlyPaths()));
    }

    private OciProcess process(OciProcess process) {
        return new OciProcess(
                process.terminal(),
                process.user(),
                process.args(),
                process.env(),
                process.cwd(),
                process.capabilities().map(this::capabilities),
                process.rlimits(),
                process.noNewPrivileges(),
                process.apparmorProfile(),
                process.oomScoreAdj());
    }

    private OciCapabilities capabilities(OciCapabilities usual) {
        List<String> all =
                Stream.concat(usual.bounding().stream(), capabilities.stream()).toList();
        return new OciCapabilities(all, all, all, usual.inheritable(), usual.ambient());
    }

    private OciResources resources(OciResources limits) {
        List<DeviceRule> rules = new ArrayList<>();
        rules.add(new DeviceRule(false, "a", OptionalLong.empty(), OptionalLong.empty(), "rwm"));
        rules.addAll(USUAL);
        for (SpecDevice device : devices) {
            rules.add(rule(
                    device.device().type(),
                    device.device().major(),
                    OptionalLong.of(device.device().minor()),
                    device.permissions()));
        }
        return new OciResources(rules, limits.memory(), limits.cpu(), limits.hugepageLimits(), limits.unified());
    }

    /** Without it no event would cross the container's root. */
    private String rootfsPropagation() {
        return Stream.of("rshared", "rslave")
                .filter(way -> mounts.stream().anyMatch(mount -> mount.options().contains(way)))
                .findFirst()
                .orElse("");
    }

    private static DeviceRule rule(String type, long major, OptionalLong minor, String access) {
        return new DeviceRule(true, type, OptionalLong.of(major), minor, access);
    }
}
