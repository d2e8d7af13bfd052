package io.carafe.domain.spec;

import java.util.List;
import java.util.Map;

/** A whole config.json for Linux. */
public record OciSpec(
        String ociVersion,
        OciProcess process,
        OciRoot root,
        String hostname,
        List<OciMount> mounts,
        Map<String, String> annotations,
        OciLinux linux) {
    /** What every runtime in use understands. */
    public static final String VERSION = "1.0.2";

    public OciSpec {
        mounts = List.copyOf(mounts);
        annotations = Map.copyOf(annotations);
    }

    public OciSpec withProcess(OciProcess newProcess) {
        return new OciSpec(ociVersion, newProcess, root, hostname, mounts, annotations, linux);
    }

    public OciSpec withRoot(OciRoot newRoot) {
        return new OciSpec(ociVersion, process, newRoot, hostname, mounts, annotations, linux);
    }

    public OciSpec withMounts(List<OciMount> newMounts) {
        return new OciSpec(ociVersion, process, root, hostname, newMounts, annotations, linux);
    }

    public OciSpec withAnnotations(Map<String, String> newAnnotations) {
        return new OciSpec(ociVersion, process, root, hostname, mounts, newAnnotations, linux);
    }

    public OciSpec withLinux(OciLinux newLinux) {
        return new OciSpec(ociVersion, process, root, hostname, mounts, annotations, newLinux);
    }
}
