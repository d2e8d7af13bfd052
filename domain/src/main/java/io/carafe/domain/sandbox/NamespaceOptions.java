package io.carafe.domain.sandbox;

import java.util.Optional;

/** Which namespaces are shared. CRI's default for all is POD. */
public record NamespaceOptions(
        NamespaceMode network,
        NamespaceMode pid,
        NamespaceMode ipc,
        Optional<String> targetId,
        Optional<UserNamespace> userNamespace) {
    public static final NamespaceOptions POD_DEFAULT = new NamespaceOptions(
            NamespaceMode.POD, NamespaceMode.POD, NamespaceMode.POD, Optional.empty(), Optional.empty());

    public boolean hostNetwork() {
        return network == NamespaceMode.NODE;
    }
}
