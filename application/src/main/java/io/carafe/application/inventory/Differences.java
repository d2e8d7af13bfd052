package io.carafe.application.inventory;

import io.carafe.domain.container.ContainerConfig;
import io.carafe.domain.sandbox.PodSandboxConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Names the first field in which two requests differ, for people. */
public final class Differences {
    private record Field(String name, Object one, Object other) {}

    private Differences() {}

    public static String first(PodSandboxConfig a, PodSandboxConfig b) {
        return first(List.of(
                new Field("metadata", a.metadata(), b.metadata()),
                new Field("hostname", a.hostname(), b.hostname()),
                new Field("log_directory", a.logDirectory(), b.logDirectory()),
                new Field("dns_config", a.dns(), b.dns()),
                new Field("port_mappings", a.portMappings(), b.portMappings()),
                new Field("labels", a.labels(), b.labels()),
                new Field("annotations", a.annotations(), b.annotations()),
                new Field("linux.cgroup_parent", a.cgroupParent(), b.cgroupParent()),
                new Field("linux.security_context", a.security(), b.security()),
                new Field("linux.sysctls", a.sysctls(), b.sysctls()),
                new Field("linux.overhead", a.overhead(), b.overhead()),
                new Field("linux.resources", a.resources(), b.resources())));
    }

    public static String first(ContainerConfig a, ContainerConfig b) {
        return first(new ArrayList<>(List.of(
                new Field("image", a.image(), b.image()),
                new Field("command", a.command(), b.command()),
                new Field("args", a.args(), b.args()),
                new Field("working_dir", a.workingDir(), b.workingDir()),
                new Field("envs", a.envs(), b.envs()),
                new Field("mounts", a.mounts(), b.mounts()),
                new Field("devices", a.devices(), b.devices()),
                new Field("labels", a.labels(), b.labels()),
                new Field("annotations", a.annotations(), b.annotations()),
                new Field("log_path", a.logPath(), b.logPath()),
                new Field("stdin", a.stdin(), b.stdin()),
                new Field("tty", a.tty(), b.tty()),
                new Field("linux.resources", a.resources(), b.resources()),
                new Field("linux.security_context", a.security(), b.security()),
                new Field("stop_signal", a.stopSignal(), b.stopSignal()))));
    }

    private static String first(List<Field> fields) {
        return fields.stream()
                .filter(f -> !Objects.equals(f.one(), f.other()))
                .map(Field::name)
                .findFirst()
                .orElse("configuration");
    }
}
