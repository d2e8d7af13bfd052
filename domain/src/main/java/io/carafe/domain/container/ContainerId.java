package io.carafe.domain.container;

import io.carafe.domain.fault.Fault;

/** 64 lower-case hex digits. All ids have one length, because runsc resolves ids by prefix. */
public record ContainerId(String value) {
    public ContainerId {
        if (!value.matches("[0-9a-f]{64}")) {
            throw new Fault.InvalidArgument("container id '" + value + "' is not 64 hex digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
