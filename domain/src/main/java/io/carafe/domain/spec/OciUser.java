package io.carafe.domain.spec;

import java.util.List;

/** Ids inside the container. */
public record OciUser(long uid, long gid, List<Long> additionalGids) {
    public OciUser {
        additionalGids = List.copyOf(additionalGids);
    }
}
