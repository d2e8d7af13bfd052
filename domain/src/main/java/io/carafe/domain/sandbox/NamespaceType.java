package io.carafe.domain.sandbox;

/** The Linux namespaces that a spec can name. */
public enum NamespaceType {
    NETWORK("network", "net"),
    IPC("ipc", "ipc"),
    UTS("uts", "uts"),
    PID("pid", "pid"),
    MOUNT("mount", "mnt"),
    USER("user", "user"),
    CGROUP("cgroup", "cgroup");

    private final String specName;
    private final String procName;

    NamespaceType(String specName, String procName) {
        this.specName = specName;
        this.procName = procName;
    }

    /** As config.json spells it. */
    public String specName() {
        return specName;
    }

    /** As /proc/pid/ns spells it. */
    public String procName() {
        return procName;
    }
}
