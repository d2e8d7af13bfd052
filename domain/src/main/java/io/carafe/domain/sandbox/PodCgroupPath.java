package io.carafe.domain.sandbox;

/**
 * The cgroup under which all cgroups of a pod are made.
 *
 * @param value as the driver spells it: "/kubepods/pod1" for cgroupfs, "kubepods-pod1.slice" for systemd
 * @param ours whether the daemon made it up and so must remove it; false where the kubelet named it
 */
public record PodCgroupPath(String value, boolean ours) {}
