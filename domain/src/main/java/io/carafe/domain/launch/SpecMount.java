package io.carafe.domain.launch;

import io.carafe.domain.container.ContainerMount;

/** A mount whose host path has been looked at: {@code source} is absolute, exists, and has its symbolic links followed. */
public record SpecMount(ContainerMount mount, String source) {}
