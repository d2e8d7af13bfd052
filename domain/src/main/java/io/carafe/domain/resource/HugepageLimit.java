package io.carafe.domain.resource;

/** A limit on huge pages of one size, {@code pageSize} as the kernel spells it ("2MB", "1GB"). */
public record HugepageLimit(String pageSize, Bytes limit) {}
