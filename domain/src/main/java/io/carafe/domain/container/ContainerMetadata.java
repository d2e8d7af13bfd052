package io.carafe.domain.container;

/** What makes a container unique in its sandbox. */
public record ContainerMetadata(String name, int attempt) {}
