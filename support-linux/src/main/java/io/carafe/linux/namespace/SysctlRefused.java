package io.carafe.linux.namespace;

import io.carafe.linux.libc.LinuxException;

/** The kernel has no such parameter in the new namespace, or does not take the value. */
public final class SysctlRefused extends RuntimeException {
    SysctlRefused(Sysctl sysctl, String value, LinuxException cause) {
        super("sysctl " + sysctl.name() + " = '" + value + "': " + cause.getMessage(), cause);
    }
}
