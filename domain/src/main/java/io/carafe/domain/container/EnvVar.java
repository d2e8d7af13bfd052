package io.carafe.domain.container;

/** An environment variable. */
public record EnvVar(String key, String value) {}
