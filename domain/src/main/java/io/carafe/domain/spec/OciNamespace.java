package io.carafe.domain.spec;

import java.util.Optional;

/** A namespace to make, or with a path to join. */
public record OciNamespace(String type, Optional<String> path) {}
