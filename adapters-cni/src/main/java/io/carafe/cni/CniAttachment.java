package io.carafe.cni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.network.NetworkRequest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One interface of a pod, with all that a plugin must be told to take it away again: what was in force when it was made, not
 * what is configured now.
 *
 * @param interfaceName inside the pod
 * @param namespace where the pod's network namespace was
 * @param args CNI_ARGS
 * @param runtimeConfig what the runtime offers by capability, before each plugin gets what it wants of it
 * @param result what the last plugin of the ADD answered; empty while the ADD is under way, or when it failed or was cut short
 */
record CniAttachment(
        PodSandboxId id,
        String interfaceName,
        Optional<Path> namespace,
        String args,
        ObjectNode runtimeConfig,
        CniConfList network,
        Optional<ObjectNode> result) {

    /** Before the ADD. */
    static CniAttachment intended(NetworkRequest request, String interfaceName, CniConfList network) {
        return new CniAttachment(
                request.id(),
                interfaceName,
                request.namespace(),
                CniArgs.of(request),
                CniRuntimeConfig.of(request, network),
                network,
                Optional.empty());
    }

    /** One of which only the name of its file is known. */
    static CniAttachment unreadable(PodSandboxId id, String interfaceName, CniConfList network) {
        return new CniAttachment(
                id, interfaceName, Optional.empty(), CniArgs.of(id), CniJson.object(), network, Optional.empty());
    }

    CniAttachment withResult(ObjectNode answer) {
        return new CniAttachment(id, interfaceName, namespace, args, runtimeConfig, network, Optional.of(answer));
    }

    AttachmentKey key() {
        return new AttachmentKey(id, interfaceName);
    }

    byte[] toBytes() {
        ObjectNode json = CniJson.object();
        json.put("sandbox", id.value());
        json.put("interface", interfaceName);
        namespace.ifPresent(path -> json.put("namespace", path.toString()));
        json.put("args", args);
        json.set("runtimeConfig", runtimeConfig);
        json.put("file", network.file());
        json.set("network", network.toJson());
        result.ifPresent(answer -> json.set("result", answer));
        return CniJson.bytes(json);
    }

    static CniAttachment fromBytes(byte[] bytes) {
        ObjectNode json = CniJson.parse(bytes);
        return new CniAttachment(
                new PodSandboxId(json.path("sandbox").asText()),
                json.path("interface").asText(),
                Optional.of(json.path("namespace").asText())
                        .filter(path -> !path.isEmpty())
                        .map(Path::of),
                json.path("args").asText(),
                json.withObject("runtimeConfig"),
                CniConfList.parse(json.path("file").asText(), CniJson.bytes(json.path("network"))),
                json.has("result") ? Optional.of(json.withObject("result")) : Optional.empty());
    }
}
