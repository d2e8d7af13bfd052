package io.carafe.cni;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.PodSandboxMetadata;
import io.carafe.ports.network.NetworkRequest;

/** The value of CNI_ARGS: which pod it is, in the words that network plugins for Kubernetes look for. */
final class CniArgs {
    private CniArgs() {}

    static String of(NetworkRequest request) {
        PodSandboxMetadata pod = request.metadata();
        return "IgnoreUnknown=1"
                + pair("K8S_POD_NAMESPACE", pod.namespace())
                + pair("K8S_POD_NAME", pod.name())
                + pair("K8S_POD_INFRA_CONTAINER_ID", request.id().value())
                + pair("K8S_POD_UID", pod.uid());
    }

    static String of(PodSandboxId id) {
        return "IgnoreUnknown=1" + pair("K8S_POD_INFRA_CONTAINER_ID", id.value());
    }

    private static String pair(String key, String value) {
        // plugins split at both, without quoting: a pod could otherwise pass for another one
        if (value.contains(";") || value.contains("=")) {
            throw new Fault.InvalidArgument(
                    "'" + value + "' cannot be told to network plugins as " + key + ": it has a ';' or '='");
        }
        return ";" + key + "=" + value;
    }
}
