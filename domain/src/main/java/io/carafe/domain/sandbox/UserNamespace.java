package io.carafe.domain.sandbox;

import java.util.List;

/** The user namespace a pod asks for; mappings are empty unless the mode is POD. */
public record UserNamespace(NamespaceMode mode, List<IdMapping> uids, List<IdMapping> gids) {
    public UserNamespace {
        uids = List.copyOf(uids);
        gids = List.copyOf(gids);
    }
}
