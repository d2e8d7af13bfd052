package io.carafe.domain.launch;

import io.carafe.domain.container.Capabilities;
import io.carafe.domain.container.ContainerSecurity;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.spec.OciCapabilities;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The capability sets of a process. What the host cannot grant is left out. Inheritable holds the ambient ones only: more would
 * give file capabilities of the image to every user in it (CVE-2022-24769). Source: capabilities(7), CRI Capability.
 */
final class SpecCapabilities {
    /** What containers have been given for a decade, so that images rely on them. */
    static final Set<String> DEFAULT = Set.of(
            "CAP_AUDIT_WRITE",
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_FOWNER",
            "CAP_FSETID",
            "CAP_KILL",
            "CAP_MKNOD",
            "CAP_NET_BIND_SERVICE",
            "CAP_NET_RAW",
            "CAP_SETFCAP",
            "CAP_SETGID",
            "CAP_SETPCAP",
            "CAP_SETUID",
            "CAP_SYS_CHROOT");

    private static final Set<String> OTHERS = Set.of(
            "CAP_AUDIT_CONTROL",
            "CAP_AUDIT_READ",
            "CAP_BLOCK_SUSPEND",
            "CAP_BPF",
            "CAP_CHECKPOINT_RESTORE",
            "CAP_DAC_READ_SEARCH",
            "CAP_IPC_LOCK",
            "CAP_IPC_OWNER",
            "CAP_LEASE",
            "CAP_LINUX_IMMUTABLE",
            "CAP_MAC_ADMIN",
            "CAP_MAC_OVERRIDE",
            "CAP_NET_ADMIN",
            "CAP_NET_BROADCAST",
            "CAP_PERFMON",
            "CAP_SYSLOG",
            "CAP_SYS_ADMIN",
            "CAP_SYS_BOOT",
            "CAP_SYS_MODULE",
            "CAP_SYS_NICE",
            "CAP_SYS_PACCT",
            "CAP_SYS_PTRACE",
            "CAP_SYS_RAWIO",
            "CAP_SYS_RESOURCE",
            "CAP_SYS_TIME",
            "CAP_SYS_TTY_CONFIG",
            "CAP_WAKE_ALARM");

    private static final String ALL = "CAP_ALL";

    private SpecCapabilities() {}

    static OciCapabilities none() {
        return new OciCapabilities(List.of(), List.of(), List.of(), List.of(), List.of());
    }

    static OciCapabilities of(ContainerSecurity security, Set<String> grantable) {
        Capabilities wanted = security.capabilities();
        Set<String> ambient = new TreeSet<>();
        add(ambient, names(wanted.addAmbient()), grantable);
        Set<String> granted = new TreeSet<>();
        if (security.privileged()) {
            granted.addAll(grantable);
        } else {
            Set<String> dropped = names(wanted.drop());
            if (!dropped.contains(ALL)) {
                granted.addAll(DEFAULT);
            }
            // in this order: "drop ALL, add X" leaves X, "add ALL, drop X" leaves all but X
            add(granted, names(wanted.add()), grantable);
            granted.addAll(ambient);
            granted.removeAll(dropped);
            ambient.removeAll(dropped);
        }
        granted.retainAll(grantable);
        ambient.retainAll(grantable);
        List<String> all = List.copyOf(granted);
        List<String> raised = List.copyOf(ambient);
        return new OciCapabilities(all, all, all, raised, raised);
    }

    private static void add(Set<String> to, Set<String> names, Set<String> grantable) {
        if (names.contains(ALL)) {
            to.addAll(grantable);
        }
        to.addAll(names);
    }

    /** With prefix and in upper case, so that "net_admin" and "CAP_NET_ADMIN" are one. */
    private static Set<String> names(Collection<String> given) {
        Set<String> names = new TreeSet<>();
        for (String text : given) {
            String upper = text.toUpperCase(Locale.ROOT);
            String name = upper.startsWith("CAP_") ? upper : "CAP_" + upper;
            if (!name.equals(ALL) && !DEFAULT.contains(name) && !OTHERS.contains(name)) {
                throw new Fault.InvalidArgument(
                        "'" + text + "' is not a capability: give a name of capabilities(7) or ALL");
            }
            names.add(name);
        }
        return names;
    }
}
