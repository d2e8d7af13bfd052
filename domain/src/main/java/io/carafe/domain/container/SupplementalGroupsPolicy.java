package io.carafe.domain.container;

/** Whether groups of the image's /etc/group are added to those asked for. */
public enum SupplementalGroupsPolicy {
    MERGE,
    STRICT
}
