package io.carafe.grpc;

import io.carafe.cri.v1.StatusRequest;
import io.carafe.cri.v1.UpdateRuntimeConfigRequest;
import java.util.Optional;

/** What the requests about the runtime itself say. */
public final class RuntimeFromProto {
    /** Whether what helps in debugging is asked for too. */
    public boolean statusVerbose(StatusRequest request) {
        return request.getVerbose();
    }

    /** The addresses for pods of this node, one range or one of each family with a comma between; empty for no change. */
    public Optional<String> podCidr(UpdateRuntimeConfigRequest request) {
        return Field.optional(request.getRuntimeConfig().getNetworkConfig().getPodCidr());
    }
}
