package io.carafe.oci.shim;

import io.carafe.oci.ttrpc.ProtoMessage;

/** A google.protobuf.Any: a message, or JSON, with the name of its type. */
public record TypedMessage(String type, byte[] value) {
    /** A process of config.json. */
    static final String PROCESS = "types.containerd.io/opencontainers/runtime-spec/1/Process";
    /** Resources of config.json. */
    static final String RESOURCES = "types.containerd.io/opencontainers/runtime-spec/1/LinuxResources";

    ProtoMessage toProto() {
        return new ProtoMessage().text(1, type).bytes(2, value);
    }
}
