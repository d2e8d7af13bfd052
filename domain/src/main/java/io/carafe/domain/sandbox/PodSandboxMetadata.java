package io.carafe.domain.sandbox;

/** What makes a sandbox unique for the kubelet: the operation key of RunPodSandbox. */
public record PodSandboxMetadata(String name, String uid, String namespace, int attempt) {
    /** The operation key: namespace, name, uid and attempt. */
    public String key() {
        return namespace + "/" + name + "/" + uid + "/" + attempt;
    }
}
