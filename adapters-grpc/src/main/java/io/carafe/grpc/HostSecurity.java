package io.carafe.grpc;

/** Which security modules run on this host: what they would have to enforce is refused where they do not. */
public record HostSecurity(boolean appArmor, boolean selinux) {}
