package io.carafe.grpc;

import io.carafe.domain.container.SupplementalGroupsPolicy;

/** The policy for supplemental groups, by its number in CRI. */
final class SupplementalGroups {
    private SupplementalGroups() {}

    static SupplementalGroupsPolicy policy(io.carafe.cri.v1.SupplementalGroupsPolicy proto, int number, Field field) {
        return switch (proto) {
            case Merge -> SupplementalGroupsPolicy.MERGE;
            case Strict -> SupplementalGroupsPolicy.STRICT;
            case UNRECOGNIZED -> throw field.unknown(number);
        };
    }
}
