package io.carafe.domain.sandbox;

/** A seccomp or AppArmor profile: the runtime's own, none, or one of the node. */
public sealed interface SecurityProfile {
    record RuntimeDefault() implements SecurityProfile {}

    record Unconfined() implements SecurityProfile {}

    /** For seccomp an absolute path of a JSON file, for AppArmor the name of a loaded profile. */
    record Localhost(String reference) implements SecurityProfile {}
}
