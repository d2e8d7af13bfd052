package io.carafe.domain.container;

import java.util.List;

/** The identity a container's first process is started with. */
public record ContainerUser(long uid, long gid, List<Long> supplementalGroups) {
    public static final ContainerUser ROOT = new ContainerUser(0, 0, List.of(0L));

    public ContainerUser {
        supplementalGroups = List.copyOf(supplementalGroups);
    }
}
