package io.carafe.kata;

import io.carafe.domain.spec.OciRoot;
import io.carafe.domain.spec.OciSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What a shim's spec has besides the one for runc: its place in the pod, by which the shim finds the pod's other containers. */
final class ShimSpecs {
    private static final String CRI = "io.kubernetes.cri.";
    private static final String CRI_O = "io.kubernetes.cri-o.";

    private ShimSpecs() {}

    /** @param type "sandbox" or "container" */
    static OciSpec inPod(OciSpec spec, String type, String sandbox) {
        return annotated(spec, place(type, sandbox));
    }

    static Map<String, String> place(String type, String sandbox) {
        return Map.of(
                CRI + "container-type", type,
                CRI + "sandbox-id", sandbox,
                CRI_O + "ContainerType", type,
                CRI_O + "SandboxID", sandbox);
    }

    static OciSpec annotated(OciSpec spec, Map<String, String> more) {
        Map<String, String> annotations = new TreeMap<>(spec.annotations());
        annotations.putAll(more);
        return new OciSpec(
                spec.ociVersion(),
                spec.process(),
                spec.root(),
                spec.hostname(),
                spec.mounts(),
                annotations,
                spec.linux());
    }

    static OciSpec withRoot(OciSpec spec, Path root) {
        return new OciSpec(
                spec.ociVersion(),
                spec.process(),
                new OciRoot(root.toString(), spec.root().readonly()),
                spec.hostname(),
                spec.mounts(),
                spec.annotations(),
                spec.linux());
    }
}
