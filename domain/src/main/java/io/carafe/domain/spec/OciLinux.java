package io.carafe.domain.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The linux section. */
public record OciLinux(
        List<OciNamespace> namespaces,
        List<OciIdMapping> uidMappings,
        List<OciIdMapping> gidMappings,
        List<OciDevice> devices,
        String cgroupsPath,
        OciResources resources,
        String rootfsPropagation,
        Optional<OciSeccomp> seccomp,
        Map<String, String> sysctl,
        List<String> maskedPaths,
        List<String> readonlyPaths) {
    public OciLinux {
        namespaces = List.copyOf(namespaces);
        uidMappings = List.copyOf(uidMappings);
        gidMappings = List.copyOf(gidMappings);
        devices = List.copyOf(devices);
        sysctl = Map.copyOf(sysctl);
        maskedPaths = List.copyOf(maskedPaths);
        readonlyPaths = List.copyOf(readonlyPaths);
    }
}
