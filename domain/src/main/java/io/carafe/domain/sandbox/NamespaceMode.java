package io.carafe.domain.sandbox;

/** Whose namespace a container lives in: the pod's, its own, the host's, or that of a target container. */
public enum NamespaceMode {
    POD,
    CONTAINER,
    NODE,
    TARGET
}
