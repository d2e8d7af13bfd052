package io.carafe.domain.sandbox;

/** Who makes cgroups: the runtime by mkdir, or systemd by transient units. Must equal the kubelet's. */
public enum CgroupDriver {
    CGROUPFS,
    SYSTEMD
}
