package io.carafe.domain.container;

/** Which mounts made later travel between host and container. */
public enum MountPropagation {
    PRIVATE,
    HOST_TO_CONTAINER,
    BIDIRECTIONAL
}
