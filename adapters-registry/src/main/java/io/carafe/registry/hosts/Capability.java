package io.carafe.registry.hosts;

/** What a host may be trusted to do. Source: containerd docs/hosts.md, "capabilities". */
public enum Capability {
    /** Give content whose digest is known. */
    PULL,
    /** Say which digest a tag means. */
    RESOLVE,
    /** Take content; never used here. */
    PUSH
}
