package io.carafe.domain.spec;

import java.util.List;

/** Capability sets with CAP_ prefix. */
public record OciCapabilities(
        List<String> bounding,
        List<String> effective,
        List<String> permitted,
        List<String> inheritable,
        List<String> ambient) {
    public OciCapabilities {
        bounding = List.copyOf(bounding);
        effective = List.copyOf(effective);
        permitted = List.copyOf(permitted);
        inheritable = List.copyOf(inheritable);
        ambient = List.copyOf(ambient);
    }
}
